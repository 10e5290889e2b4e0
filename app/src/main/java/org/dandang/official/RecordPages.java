package org.dandang.official;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.dandang.official.register.Field;
import org.dandang.official.register.FieldValue;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.UnitSearch;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Recording, correcting and withdrawing what the registers hold about a person. */
@Controller
class RecordPages {
  private static final int PER_PAGE = 50;

  /** What no unit's number is. */
  private static final String NO_UNIT = "?";

  private final Officials officials;
  private final Registers registers;
  private final Correcting correcting;
  private final Documents documents;
  private final UnitSearch units;
  private final Settling settling;
  private final TransactionTemplate transaction;

  RecordPages(
      Officials officials,
      Registers registers,
      Correcting correcting,
      Documents documents,
      UnitSearch units,
      Settling settling,
      TransactionTemplate transaction) {
    this.transaction = transaction;
    this.settling = settling;
    this.officials = officials;
    this.registers = registers;
    this.correcting = correcting;
    this.documents = documents;
    this.units = units;
  }

  @GetMapping("/officials/{id}/registers/{register}/new")
  String fresh(
      @PathVariable long id,
      @PathVariable String register,
      @RequestParam(required = false) @Nullable Long settles,
      Model model) {
    model.addAttribute("settles", settles);
    Register chosen = register(register);
    if (chosen == Register.IDENTITY) {
      throw new NotHere();
    }
    fill(id, chosen, null, new EnumMap<>(Field.class), Map.of(), "", model);
    return "official/record";
  }

  @GetMapping("/officials/{id}/registers/{register}/{row}")
  String correction(
      @PathVariable long id,
      @PathVariable String register,
      @PathVariable long row,
      @RequestParam(required = false) @Nullable Long settles,
      Model model) {
    model.addAttribute("settles", settles);
    Register chosen = register(register);
    RegisterRow held = registers.row(id, chosen, row).orElseThrow(NotHere::new);
    fill(id, chosen, held, new EnumMap<>(Field.class), Map.of(), "", model);
    return "official/record";
  }

  @PostMapping("/officials/{id}/registers/{register}/new")
  ModelAndView record(
      @PathVariable long id,
      @PathVariable String register,
      @RequestParam Map<String, String> written,
      @RequestParam(required = false) @Nullable MultipartFile document,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model)
      throws IOException {
    return stored(id, register(register), null, written, document, account, page, model);
  }

  @PostMapping("/officials/{id}/registers/{register}/{row}")
  ModelAndView correct(
      @PathVariable long id,
      @PathVariable String register,
      @PathVariable long row,
      @RequestParam Map<String, String> written,
      @RequestParam(required = false) @Nullable MultipartFile document,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model)
      throws IOException {
    Register chosen = register(register);
    RegisterRow held = registers.row(id, chosen, row).orElseThrow(NotHere::new);
    return stored(id, chosen, held, written, document, account, page, model);
  }

  private ModelAndView stored(
      long id,
      Register register,
      @Nullable RegisterRow held,
      Map<String, String> written,
      @Nullable MultipartFile document,
      SignedIn account,
      Page page,
      Model model)
      throws IOException {
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (Field field : Registers.fields(register)) {
      String text = written.get(field.word());
      // A number is never sent back to the page; left blank it stays what it is.
      if (text != null && (field.type() != Field.Type.NUMBER || !text.isBlank() || held == null)) {
        values.put(field, text);
      }
    }
    String reason = written.getOrDefault("reason", "").strip();
    String unitWritten = values.getOrDefault(Field.POSTING_UNIT_ID, "");
    FieldValue.Wrong wrongUnit = unit(unitWritten, values, page);
    Map<Field, FieldValue.Wrong> wrong = Map.of();
    String wrongDocument = wrongDocument(document, page);
    if (!reason.isEmpty() && wrongDocument == null) {
      switch (recorded(id, register, held, values, document, reason, account)) {
        case Correcting.Outcome.Done done -> {
          String settles = written.getOrDefault("settles", "");
          if (settles.matches("\\d{1,18}") && done.row() != null) {
            settling.as(id, Long.parseLong(settles), register, done.row(), account.signInName());
            return new ModelAndView("redirect:/officials/" + id + "/unsettled");
          }
          return new ModelAndView("redirect:/officials/" + id);
        }
        case Correcting.Outcome.Gone gone -> throw new NotHere();
        case Correcting.Outcome.Wrong not -> wrong = new EnumMap<>(not.fields());
      }
    }
    if (wrongUnit != null) {
      wrong = wrong.isEmpty() ? new EnumMap<>(Field.class) : wrong;
      wrong.put(Field.POSTING_UNIT_ID, wrongUnit);
    }
    if (values.containsKey(Field.POSTING_UNIT_ID)) {
      values.put(Field.POSTING_UNIT_ID, unitWritten);
    }
    fill(id, register, held, values, wrong, reason, model);
    model.addAttribute("reasonMissing", reason.isEmpty());
    model.addAttribute("wrongDocument", wrongDocument);
    String settles = written.getOrDefault("settles", "");
    model.addAttribute("settles", settles.matches("\\d{1,18}") ? Long.valueOf(settles) : null);
    return new ModelAndView("official/record", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
  }

  /** Puts the unit that was written as its number; what is wrong with it, null for nothing. */
  private FieldValue.@Nullable Wrong unit(String written, Map<Field, String> values, Page page) {
    if (written.isBlank()) {
      return null;
    }
    try {
      values.put(Field.POSTING_UNIT_ID, Long.toString(units.chosen(written, null)));
      return null;
    } catch (OrganisationProblem problem) {
      values.put(Field.POSTING_UNIT_ID, NO_UNIT);
      return new FieldValue.Wrong("no-one-unit", problem.text(page.language()));
    }
  }

  private @Nullable String wrongDocument(@Nullable MultipartFile document, Page page) {
    return document != null && document.getSize() > Documents.LARGEST
        ? page.word(
            "importing.problem.document-too-large",
            String.valueOf(document.getOriginalFilename()),
            (document.getSize() >> 20) + 1,
            Documents.LARGEST >> 20)
        : null;
  }

  /** With the document or not at all. */
  private Correcting.Outcome recorded(
      long id,
      Register register,
      @Nullable RegisterRow held,
      Map<Field, String> values,
      @Nullable MultipartFile document,
      String reason,
      SignedIn account) {
    // The correction of the only post may take the official out of the officer's own sight.
    return Objects.requireNonNull(
        Sights.everything(
            () -> recordedInOne(id, register, held, values, document, reason, account)));
  }

  private Correcting.@Nullable Outcome recordedInOne(
      long id,
      Register register,
      @Nullable RegisterRow held,
      Map<Field, String> values,
      @Nullable MultipartFile document,
      String reason,
      SignedIn account) {
    return transaction.execute(
        status -> {
          try {
            Correcting.Outcome outcome =
                correcting.record(
                    id,
                    register,
                    held == null ? null : held.id(),
                    values,
                    documents.keep(id, document, "other", account.signInName()),
                    reason,
                    account.signInName());
            if (!(outcome instanceof Correcting.Outcome.Done)) {
              status.setRollbackOnly();
            }
            return outcome;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @PostMapping("/officials/{id}/registers/{register}/{row}/withdraw")
  ModelAndView withdraw(
      @PathVariable long id,
      @PathVariable String register,
      @PathVariable long row,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Register chosen = register(register);
    RegisterRow held = registers.row(id, chosen, row).orElseThrow(NotHere::new);
    if (reason.isBlank()) {
      fill(id, chosen, held, new EnumMap<>(Field.class), Map.of(), "", model);
      model.addAttribute("reasonMissing", true);
      return new ModelAndView("official/record", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    if (Sights.everything(
            () -> correcting.withdraw(id, chosen, row, reason.strip(), account.signInName()))
        instanceof Correcting.Outcome.Gone) {
      throw new NotHere();
    }
    return new ModelAndView("redirect:/officials/" + id);
  }

  /** Whose forms have lines that wait for a person. */
  @GetMapping("/officials/unsettled")
  String unsettled(@RequestParam(name = "p", defaultValue = "1") int number, Model model) {
    int at = Query.page(number);
    model.addAttribute("count", settling.count());
    model.addAttribute("waiting", settling.everybody((at - 1L) * PER_PAGE, PER_PAGE));
    model.addAttribute("at", at);
    model.addAttribute("perPage", PER_PAGE);
    return "official/unsettled-everybody";
  }

  @GetMapping("/officials/{id}/unsettled")
  String unsettled(@PathVariable long id, Model model) {
    model.addAttribute(
        "dossier", officials.find(id, Registers.Known.NOW).orElseThrow(NotHere::new));
    model.addAttribute("lines", settling.waiting(id));
    model.addAttribute("resume", settling.resume(id));
    return "official/unsettled";
  }

  @PostMapping("/officials/{id}/unsettled/{line}")
  String nothing(
      @PathVariable long id, @PathVariable long line, @AuthenticationPrincipal SignedIn account) {
    settling.asNothing(id, line, account.signInName());
    return "redirect:/officials/" + id + "/unsettled";
  }

  private void fill(
      long id,
      Register register,
      @Nullable RegisterRow held,
      Map<Field, String> written,
      Map<Field, FieldValue.Wrong> wrong,
      String reason,
      Model model) {
    Dossier dossier = officials.find(id, Registers.Known.NOW).orElseThrow(NotHere::new);
    Map<Field, String> texts = new LinkedHashMap<>();
    for (Field field : Registers.fields(register)) {
      String text = written.get(field);
      texts.put(
          field,
          text != null
              ? text
              : held == null || field.type() == Field.Type.NUMBER
                  ? ""
                  : field == Field.POSTING_UNIT_ID ? unitName(held) : held.text(field));
    }
    model.addAttribute("dossier", dossier);
    model.addAttribute("register", register);
    model.addAttribute("held", held);
    model.addAttribute("texts", texts);
    model.addAttribute("wrong", wrong);
    model.addAttribute("reason", reason);
    model.addAttribute("reasonMissing", false);
  }

  private String unitName(RegisterRow posting) {
    String id = posting.text(Field.POSTING_UNIT_ID);
    return id.isEmpty() ? "" : units.written(Long.parseLong(id)).orElse("");
  }

  private static Register register(String word) {
    return Register.of(word)
        .filter(register -> register != Register.UNIT)
        .orElseThrow(NotHere::new);
  }
}
