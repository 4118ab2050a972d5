import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Starts a Neo4j server in a home folder and keeps it up until the process is told to end. */
public final class TruyVetNeo4j {

    private TruyVetNeo4j() {}

    /**
     * @param args the home folder, which holds conf/neo4j.conf; then, if the server must not outlive another process,
     *     that process's id
     */
    public static void main(String[] args) throws InterruptedException {
        Path home = Path.of(args[0]);
        if (args.length > 1) {
            endWith(Long.parseLong(args[1]));
        }
        DatabaseManagementService server;
        try {
            server = new DatabaseManagementServiceBuilder(home)
                    .loadPropertiesFromFile(home.resolve("conf").resolve("neo4j.conf"))
                    .build();
        } catch (RuntimeException error) {
            // One line per cause, the outermost first: the stack is in logs/debug.log.
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                System.err.println(cause.getClass().getSimpleName() + ": " + cause.getMessage());
            }
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        Thread.currentThread().join();
    }

    private static void endWith(long owner) {
        ProcessHandle.of(owner)
                .ifPresentOrElse(
                        process -> process.onExit().thenRun(() -> System.exit(0)),
                        () -> System.exit(0));
    }
}
