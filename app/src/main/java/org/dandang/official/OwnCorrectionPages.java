package org.dandang.official;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dandang.official.register.Field;
import org.dandang.official.register.FieldValue;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Asking for a correction of the own record, and following what came of it. */
@Controller
class OwnCorrectionPages {
  private static final int LONGEST_REASON = 1000;

  private final CorrectionRequests requests;
  private final CorrectionSheet sheet;
  private final Documents documents;

  OwnCorrectionPages(CorrectionRequests requests, CorrectionSheet sheet, Documents documents) {
    this.requests = requests;
    this.sheet = sheet;
    this.documents = documents;
  }

  @GetMapping("/me/corrections")
  String all(@AuthenticationPrincipal SignedIn account, Model model) {
    CorrectionFilter filter = new CorrectionFilter(CorrectionFilter.Which.ALL, own(account), "");
    model.addAttribute("requests", requests.list(filter, 0, 500));
    return "official/corrections-mine";
  }

  @GetMapping("/me/corrections/new")
  String fresh(
      @RequestParam(required = false) @Nullable String register,
      @RequestParam(required = false) @Nullable Long row,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    long own = own(account);
    if (register == null) {
      model.addAttribute(
          "registers",
          Register.ofPeople().stream().filter(each -> each != Register.IDENTITY).toList());
      return "official/correction-choose";
    }
    Register chosen = register(register);
    RegisterRow held = held(own, chosen, row);
    fill(chosen, held, new EnumMap<>(Field.class), Map.of(), "", model);
    return "official/correction-new";
  }

  @PostMapping("/me/corrections")
  ModelAndView ask(
      @RequestParam String register,
      @RequestParam(required = false) @Nullable Long row,
      @RequestParam(name = "never", defaultValue = "false") boolean never,
      @RequestParam Map<String, String> sent,
      @RequestParam(required = false) @Nullable MultipartFile document,
      @AuthenticationPrincipal SignedIn account,
      Model model)
      throws IOException {
    long own = own(account);
    Register chosen = register(register);
    RegisterRow held = held(own, chosen, row);
    Map<Field, String> written = new EnumMap<>(Field.class);
    if (!never) {
      for (Field field : CorrectionSheet.fields(chosen)) {
        String text = sent.get("field." + field.word());
        if (text != null) {
          written.put(field, text);
        }
      }
    }
    String reason = sent.getOrDefault("reason", "").strip();
    String refusal = Documents.refusal(document);
    Map<Field, FieldValue.Wrong> wrong = Map.of();
    String problem =
        reason.isEmpty()
            ? "reason-missing"
            : reason.length() > LONGEST_REASON
                ? "reason-long"
                : refusal == null ? null : "document-" + refusal;
    if (problem == null) {
      Map<Field, String> wanted = new EnumMap<>(written);
      String unit = wanted.get(Field.POSTING_UNIT_ID);
      if (held != null && unit != null && unit.strip().equals(sheet.unit(held))) {
        wanted.remove(Field.POSTING_UNIT_ID);
      }
      CorrectionRequests.Asking asking =
          requests.ask(
              own,
              never
                  ? CorrectionRequest.Kind.WITHDRAW
                  : held == null ? CorrectionRequest.Kind.ADD : CorrectionRequest.Kind.CORRECT,
              chosen,
              row,
              wanted,
              reason,
              () -> {
                try {
                  return documents.keep(own, document, "request", account.signInName());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              account.signInName());
      switch (asking) {
        case CorrectionRequests.Asking.Asked asked -> {
          return new ModelAndView("redirect:/me/corrections/" + asked.request());
        }
        case CorrectionRequests.Asking.Wrong no -> wrong = no.fields();
        case CorrectionRequests.Asking.NothingWanted nothing -> problem = "nothing";
        case CorrectionRequests.Asking.AskedAlready already -> problem = "already";
        case CorrectionRequests.Asking.TooMany many -> problem = "too-many";
        case CorrectionRequests.Asking.Gone gone -> throw new NotHere();
      }
    }
    fill(chosen, held, written, wrong, reason, model);
    model.addAttribute("problem", problem);
    return new ModelAndView(
        "official/correction-new", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
  }

  @GetMapping("/me/corrections/{id}")
  String one(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    CorrectionRequest request =
        requests
            .find(id)
            .filter(found -> found.official() == own(account))
            .orElseThrow(NotHere::new);
    model.addAttribute("request", request);
    model.addAttribute("lines", sheet.lines(request));
    return "official/correction-mine";
  }

  @PostMapping("/me/corrections/{id}/withdraw")
  String withdraw(@PathVariable long id, @AuthenticationPrincipal SignedIn account) {
    requests.withdraw(own(account), id, account.signInName());
    return "redirect:/me/corrections/" + id;
  }

  private void fill(
      Register register,
      @Nullable RegisterRow held,
      Map<Field, String> written,
      Map<Field, FieldValue.Wrong> wrong,
      String reason,
      Model model) {
    List<CorrectionRequest.Line> lines =
        CorrectionSheet.fields(register).stream()
            .map(
                field -> {
                  String present = sheet.present(held, field);
                  String shown = field.type() == Field.Type.NUMBER ? "" : present;
                  return new CorrectionRequest.Line(
                      field, present, written.getOrDefault(field, shown), true);
                })
            .toList();
    model.addAttribute("register", register);
    model.addAttribute("held", held);
    model.addAttribute("lines", lines);
    model.addAttribute("wrong", wrong);
    model.addAttribute("reason", reason);
    model.addAttribute("problem", null);
    model.addAttribute("megabytes", Documents.MOST_BYTES / (1024 * 1024));
  }

  private @Nullable RegisterRow held(long own, Register register, @Nullable Long row) {
    if (row == null && register == Register.IDENTITY) {
      throw new NotHere();
    }
    return row == null ? null : sheet.holding(own, register, row).orElseThrow(NotHere::new);
  }

  private static long own(SignedIn account) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    return own;
  }

  private static Register register(String word) {
    return Register.of(word)
        .filter(register -> register != Register.UNIT)
        .orElseThrow(NotHere::new);
  }
}
