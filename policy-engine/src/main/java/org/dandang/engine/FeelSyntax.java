package org.dandang.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.tree.ParseTree;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.impl.FEELEventListenersManager;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.lang.types.DefaultBuiltinFEELTypeRegistry;
import org.kie.dmn.feel.parser.feel11.ASTBuilderVisitor;
import org.kie.dmn.feel.parser.feel11.FEELParser;
import org.kie.dmn.feel.parser.feel11.FEEL_1_1Parser;

/** KIE's own syntax trees of expressions and cells. */
final class FeelSyntax {
  private final Map<String, Type> variables = new LinkedHashMap<>();

  FeelSyntax(List<ModelInput> inputs) {
    for (ModelInput input : inputs) {
      variables.put(
          input.name(),
          switch (input.type()) {
            case NUMBER -> BuiltInType.NUMBER;
            case STRING -> BuiltInType.STRING;
            case BOOLEAN -> BuiltInType.BOOLEAN;
            case DATE -> BuiltInType.DATE;
            case OTHER -> BuiltInType.UNKNOWN;
          });
    }
  }

  BaseNode expression(String text) throws NotExact {
    return tree(text, FEEL_1_1Parser::compilation_unit);
  }

  /** The tests of a cell: a list node, or a dash. */
  BaseNode cell(String text) throws NotExact {
    return tree(text, FEEL_1_1Parser::unaryTestsRoot);
  }

  private interface Rule {
    ParseTree of(FEEL_1_1Parser parser);
  }

  private BaseNode tree(String text, Rule rule) throws NotExact {
    FEELEventListenersManager listeners = new FEELEventListenersManager();
    boolean[] failed = {false};
    listeners.addListener(event -> failed[0] = true);
    FEEL_1_1Parser parser =
        FEELParser.parse(
            listeners,
            text,
            variables,
            Map.of(),
            List.of(),
            List.of(),
            DefaultBuiltinFEELTypeRegistry.INSTANCE);
    BaseNode node =
        new ASTBuilderVisitor(variables, DefaultBuiltinFEELTypeRegistry.INSTANCE)
            .visit(rule.of(parser));
    if (failed[0] || node == null) {
      throw new NotExact(text, "the expression cannot be read on its own");
    }
    return node;
  }
}
