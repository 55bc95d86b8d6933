import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** Serves on a free port of loopback, prints its URL, and ends with its standard input. */
public final class SecondOpinion {
  /** Newer than the program knows, as the driver talks to no older one. */
  private static final class SpokenVersion implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(7, 0, 14);
    }

    @Override
    public int getWireVersion() {
      return 21;
    }
  }

  public static void main(String[] arguments) throws Exception {
    MongoServer server = new MongoServer(new MemoryBackend().version(new SpokenVersion()));
    System.out.println(server.bindAndGetConnectionString());
    while (System.in.read() != -1) {
      // Nothing is said on standard input; its end is the end.
    }
    server.shutdownNow();
  }
}
