package org.dandang.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.feel.FEEL;
import org.kie.dmn.feel.codegen.feel11.ProcessedExpression;
import org.kie.dmn.feel.codegen.feel11.ProcessedUnaryTest;
import org.kie.dmn.feel.lang.CompilerContext;
import org.kie.dmn.feel.lang.FEELProfile;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.impl.FEELBuilder;
import org.kie.dmn.feel.lang.impl.FEELImpl;
import org.kie.dmn.feel.lang.impl.InterpretedExecutableExpression;
import org.kie.dmn.feel.parser.feel11.profiles.KieExtendedFEELProfile;

/** KIE's own parser, asked for its syntax tree. Its tree packages are internal: KIE is pinned. */
final class FeelParser {

  /** What parsing gave: a tree, or the reasons why there is none. */
  sealed interface Parsed {
    record Tree(BaseNode node) implements Parsed {}

    record Wrong(List<String> messages) implements Parsed {}
  }

  Parsed expression(String text, Map<String, Type> names) {
    return parse(
        names,
        (feel, context) -> {
          ProcessedExpression processed =
              (ProcessedExpression) feel.processExpression(text, context);
          return ((InterpretedExecutableExpression) processed.getInterpreted()).getASTNode();
        });
  }

  Parsed unaryTests(String text, Map<String, Type> names) {
    return parse(
        names,
        (feel, context) -> {
          ProcessedUnaryTest processed = (ProcessedUnaryTest) feel.processUnaryTests(text, context);
          return processed.getInterpreted().getASTNode();
        });
  }

  private interface Parse {
    ASTNode by(FEELImpl feel, CompilerContext context);
  }

  private static Parsed parse(Map<String, Type> names, Parse parse) {
    List<String> messages = new ArrayList<>();
    List<FEELProfile> profiles = List.of(new KieExtendedFEELProfile());
    FEEL feel = FEELBuilder.builder().withProfiles(profiles).build();
    feel.addListener(
        (FEELEvent event) -> {
          if (event.getSeverity() == FEELEvent.Severity.ERROR) {
            messages.add(event.getMessage());
          }
        });
    FEELImpl implementation = (FEELImpl) feel;
    CompilerContext context = implementation.newCompilerContext(feel.getListeners());
    names.forEach(context::addInputVariableType);
    try {
      ASTNode node = parse.by(implementation, context);
      if (messages.isEmpty() && node instanceof BaseNode base) {
        return new Parsed.Tree(base);
      }
    } catch (RuntimeException | StackOverflowError e) {
      messages.add(String.valueOf(e.getMessage()));
    }
    return new Parsed.Wrong(messages.isEmpty() ? List.of("cannot be parsed") : messages);
  }
}
