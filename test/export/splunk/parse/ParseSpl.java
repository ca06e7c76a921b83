import com.teragrep.pth_03.antlr.DPLLexer;
import com.teragrep.pth_03.antlr.DPLParser;
import com.teragrep.pth_03.shaded.org.antlr.v4.runtime.BaseErrorListener;
import com.teragrep.pth_03.shaded.org.antlr.v4.runtime.CharStreams;
import com.teragrep.pth_03.shaded.org.antlr.v4.runtime.CommonTokenStream;
import com.teragrep.pth_03.shaded.org.antlr.v4.runtime.RecognitionException;
import com.teragrep.pth_03.shaded.org.antlr.v4.runtime.Recognizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Scanner;

/** Reads searches, one in base64 on each line, and prints a line for each: `ok`, or what is wrong with it. */
public class ParseSpl {
  public static void main(String[] args) {
    Scanner lines = new Scanner(System.in, StandardCharsets.US_ASCII);
    while (lines.hasNextLine()) {
      List<String> wrong = parse(new String(Base64.getDecoder().decode(lines.nextLine()), StandardCharsets.UTF_8));
      System.out.println(wrong.isEmpty() ? "ok" : String.join("; ", wrong).replaceAll("\\R", " "));
    }
  }

  private static List<String> parse(String search) {
    List<String> wrong = new ArrayList<>();
    BaseErrorListener listener = new BaseErrorListener() {
      @Override
      public void syntaxError(Recognizer<?, ?> by, Object symbol, int line, int column, String message, RecognitionException error) {
        wrong.add(line + ":" + column + ": " + message);
      }
    };
    DPLLexer lexer = new DPLLexer(CharStreams.fromString(search));
    lexer.removeErrorListeners();
    lexer.addErrorListener(listener);
    DPLParser parser = new DPLParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.addErrorListener(listener);
    parser.root();
    return wrong;
  }
}
