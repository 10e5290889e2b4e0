package org.dandang.policy.pack;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dandang.engine.DecisionModel;
import org.springframework.stereotype.Component;

/** Decision models in use, each read once for the content of its file. */
@Component
public class Models {
  private static final int KEPT = 64;

  private final Map<String, DecisionModel> read =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, DecisionModel> eldest) {
              return size() > KEPT;
            }
          });

  /**
   * The model of a version's table.
   *
   * @throws org.dandang.engine.InvalidModelException when the file is not a model that can be used
   */
  public DecisionModel of(PolicyVersion version) {
    DecisionModel known = read.get(version.tableHash());
    if (known != null) {
      return known;
    }
    DecisionModel model = DecisionModel.read(version.table().name(), version.model());
    read.put(version.tableHash(), model);
    return model;
  }
}
