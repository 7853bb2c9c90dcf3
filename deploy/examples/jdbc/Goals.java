import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Goals by status, through DuckDB's JDBC driver: the way in for a BI tool. Needs Java 17 and duckdb_jdbc.jar. */
public class Goals {
    private static final String GOALS =
        "select status, count(*) as goals from goal_progress where owner = 'agent' group by status order by status";

    public static void main(String[] arguments) throws SQLException {
        var published = System.getenv().getOrDefault("LRS_PUBLISHED", "data/published/default");
        var options = new Properties();
        // without this the driver asks for the file to itself, which only the LRS may have
        options.setProperty("duckdb.read_only", "true");
        var address = "jdbc:duckdb:" + Path.of(published, "learners.duckdb");
        try (var connection = DriverManager.getConnection(address, options);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(GOALS)) {
            while (rows.next()) {
                System.out.println(rows.getString("status") + "," + rows.getLong("goals"));
            }
        }
    }
}
