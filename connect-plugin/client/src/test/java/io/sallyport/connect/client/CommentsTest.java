package io.sallyport.connect.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Whatever is public says what it is. */
final class CommentsTest {

  private int seen;

  @Test
  void everythingPublic_hasItsComment() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path root : List.of(Path.of("src/main/java"), Path.of("../protocol/src/main/java"))) {
      silent.addAll(silent(root));
    }

    assertThat(silent).isEmpty();
    assertThat(seen).isGreaterThan(150);
  }

  private List<String> silent(Path root) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> silent = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> walk = Files.walk(root)) {
      List<Path> sources = walk.filter(path -> path.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      DocTrees comments = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(comments, silent).scan(unit, null);
      }
    }
    return silent;
  }

  /** Visits public types and their public methods; what overrides has its comment elsewhere. */
  private final class Scanner extends TreePathScanner<Void, Void> {

    private final DocTrees comments;
    private final List<String> silent;

    Scanner(DocTrees comments, List<String> silent) {
      this.comments = comments;
      this.silent = silent;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!isVisible(type.getModifiers())) {
        return null;
      }
      check(type.getSimpleName().toString());
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      if (isVisible(method.getModifiers()) && !overrides) {
        check(method.getName().toString());
      }
      return null;
    }

    private boolean isVisible(ModifiersTree modifiers) {
      boolean ofInterface =
          getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE
              && !modifiers.getFlags().contains(Modifier.PRIVATE);
      return ofInterface || modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private void check(String name) {
      seen++;
      if (comments.getDocComment(getCurrentPath()) == null) {
        silent.add(getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + name);
      }
    }
  }
}
