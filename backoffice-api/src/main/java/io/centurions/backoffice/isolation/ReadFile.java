package io.centurions.backoffice.isolation;

import io.centurions.platform.storage.Content;
import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.folder.Links;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Wants the other's file: its row by the id, its object by the id in the own part of the storage, and by an
 * address that was given for the own file and is pointed at the other's.
 */
@ApplicationScoped
class ReadFile implements Attack {

    private static final String ROW = "SELECT 'core.files' AS what FROM core.files WHERE id = $1";
    private static final Download AS = new Download("canary.txt", "text/plain");
    private static final long SECONDS = 60;

    private final Database database;
    private final Storage storage;
    private final Links links;

    ReadFile(Database database, Storage storage, Links links) {
        this.database = database;
        this.storage = storage;
        this.links = links;
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        ObjectRef wanted = new ObjectRef(victim.company(), victim.file());
        if (!isThere(wanted)) {
            storage.put(wanted, new ByteArrayInputStream(victim.word().getBytes(StandardCharsets.UTF_8)));
        }
        List<String> got = new ArrayList<>();
        database.onceAsCompany(attacker.company(), ROW, victim.file()).forEach(row -> got.add(row.getString("what")));
        if (isThere(new ObjectRef(attacker.company(), victim.file()))) {
            got.add("an object of the storage");
        }
        if (opens(storage.link(own(attacker), AS, Instant.now().plusSeconds(SECONDS)), wanted)) {
            got.add("a file by the address of another");
        }
        return got;
    }

    private boolean isThere(ObjectRef object) {
        Optional<Content> found = storage.read(object);
        try (Content content = found.orElse(null)) {
            return content != null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a file of the probe", e);
        }
    }

    // An address of a server that is not ours has no signature of ours; that server is asked by nobody here.
    private boolean opens(URI address, ObjectRef wanted) {
        Map<String, String> said = Arrays.stream(address.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        var ticket = new Links.Ticket(said.get("name"), said.get("type"), said.get("expires"), said.get("signature"));
        return links.check("GET", wanted, ticket, Instant.now()) == Links.Verdict.GOOD;
    }

    private static ObjectRef own(Canary attacker) {
        return new ObjectRef(attacker.company(), attacker.file());
    }
}
