package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Methods stay short and constructors take few things, measured on the syntax tree of every main source. */
class MethodRulesTest {

    private static final int METHOD_LINES_MAX = 40;
    private static final int CONSTRUCTOR_PARAMETERS_MAX = 5;

    /** Constructors that may take more: CDI entry points that only join what exists. */
    private static final Set<String> WIDE_CONSTRUCTORS = Set.of();

    @Test
    void a_method_fits_a_screen_and_a_constructor_takes_at_most_five_things() throws IOException {
        List<String> found = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjectsFromPaths(Sources.mainJava());
            JavacTask task = (JavacTask) compiler.getTask(null, files, diagnostic -> {}, null, null, sources);
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Measure(unit, trees, found), null);
            }
        }

        assertThat(found).isEmpty();
    }

    private static final class Measure extends TreeScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> found;
        private String type = "";
        private boolean record;

        Measure(CompilationUnitTree unit, Trees trees, List<String> found) {
            this.unit = unit;
            this.trees = trees;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree tree, Void none) {
            String outer = type;
            boolean outerRecord = record;
            type = tree.getSimpleName().toString();
            record = tree.getKind() == Tree.Kind.RECORD;
            super.visitClass(tree, none);
            type = outer;
            record = outerRecord;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            String name = type + "." + method.getName();
            if (method.getBody() != null && lines(method.getBody()) > METHOD_LINES_MAX) {
                found.add(name + " has " + lines(method.getBody()) + " lines");
            }
            boolean constructor = method.getName().contentEquals("<init>");
            if (constructor
                    && !record
                    && method.getParameters().size() > CONSTRUCTOR_PARAMETERS_MAX
                    && !WIDE_CONSTRUCTORS.contains(type)) {
                found.add(
                        type + " is constructed from " + method.getParameters().size() + " things");
            }
            return super.visitMethod(method, none);
        }

        private long lines(Tree tree) {
            var positions = trees.getSourcePositions();
            var map = unit.getLineMap();
            return map.getLineNumber(positions.getEndPosition(unit, tree))
                    - map.getLineNumber(positions.getStartPosition(unit, tree))
                    + 1;
        }
    }
}
