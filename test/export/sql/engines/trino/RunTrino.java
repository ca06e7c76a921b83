import com.fasterxml.jackson.databind.ObjectMapper;
import io.airlift.log.Level;
import io.airlift.log.Logging;
import io.trino.Session;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner;
import io.trino.testing.StandaloneQueryRunner;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.trino.testing.TestingSession.testSessionBuilder;

/** Runs the statements that stand on its input, one JSON text a line, in Trino, and writes their rows as one line of JSON each. */
public class RunTrino {
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        ObjectMapper json = new ObjectMapper();
        Logging.initialize().setLevel("", Level.ERROR);
        // One thread: the tables are small.
        Session session = testSessionBuilder()
                .setCatalog("memory")
                .setSchema("tollgate")
                .setSystemProperty("task_concurrency", "1")
                .build();
        try (QueryRunner trino = new StandaloneQueryRunner(session)) {
            trino.installPlugin(new MemoryPlugin());
            trino.createCatalog("memory", "memory", Map.of("memory.max-data-per-node", "1GB", "memory.splits-per-node", "1"));
            trino.execute("CREATE SCHEMA IF NOT EXISTS tollgate");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Map<String, Object> reply = new LinkedHashMap<>();
                try {
                    reply.put("rows", rows(trino.execute(inMemory(json.readValue(line, String.class)))));
                } catch (Exception error) {
                    reply.put("error", String.valueOf(error.getMessage()));
                }
                answers.write(json.writeValueAsBytes(reply));
                answers.write('\n');
                answers.flush();
            }
        }
        System.exit(0);
    }

    /** The connector for memory removes no single rows, so that DELETE is refused; without a condition it means the same as TRUNCATE. */
    private static String inMemory(String statement) {
        return statement.replaceFirst("^DELETE FROM (\\S+)$", "TRUNCATE TABLE $1");
    }

    private static List<Map<String, Object>> rows(MaterializedResult result) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (MaterializedRow row : result.getMaterializedRows()) {
            Map<String, Object> cells = new LinkedHashMap<>();
            for (int at = 0; at < row.getFieldCount(); at++) {
                Object value = row.getField(at);
                boolean isPlain = value == null || value instanceof Number || value instanceof Boolean || value instanceof List;
                cells.put(result.getColumnNames().get(at), isPlain ? value : value.toString());
            }
            rows.add(cells);
        }
        return rows;
    }
}
