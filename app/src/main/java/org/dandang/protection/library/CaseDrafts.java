package org.dandang.protection.library;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.OnRecord;
import org.springframework.stereotype.Component;

/** Cases that are being prepared, as forms name them: by their number. */
@Component
class CaseDrafts implements OnRecord {
  private final CaseLibrary library;

  CaseDrafts(CaseLibrary library) {
    this.library = library;
  }

  @Override
  public String kind() {
    return "case-draft";
  }

  @Override
  public Optional<Long> find(String text, SignedIn account) {
    String number = OnRecord.key(text);
    return number.matches("[0-9]{1,12}")
        ? library
            .find(Long.parseLong(number))
            .filter(one -> one.state().equals("draft") && library.unit(one.id()).isPresent())
            .map(TypicalCase::id)
        : Optional.empty();
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    ids.forEach(id -> library.find(id).ifPresent(one -> labels.put(id, one.title() + " · " + id)));
    return labels;
  }

  @Override
  public Optional<Long> unit(long id) {
    return library.unit(id);
  }
}
