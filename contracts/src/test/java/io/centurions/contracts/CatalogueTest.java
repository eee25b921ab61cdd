package io.centurions.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.lead.LeadCreated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in the README, which people integrate against, says what the registries say. */
class CatalogueTest {

    private record Row(
            String stream,
            String event,
            Set<String> writers,
            Set<String> readers,
            String order,
            String late,
            String kept) {}

    @Test
    void there_is_one_row_per_event_with_its_stream() throws IOException {
        assertThat(rows())
                .extracting(Row::stream)
                .containsExactlyElementsOf(EventTypes.all().stream()
                        .map(entry -> Streams.key(entry.type()))
                        .toList());
        assertThat(rows())
                .extracting(Row::event)
                .containsExactlyElementsOf(EventTypes.all().stream()
                        .map(entry -> entry.record().getSimpleName() + " v" + entry.version())
                        .toList());
    }

    @Test
    void a_row_names_the_writers_and_the_readers() throws IOException {
        for (Row row : rows()) {
            String type = Streams.typeOf(row.stream());
            var entry = EventTypes.all().stream()
                    .filter(e -> e.type().equals(type))
                    .findFirst()
                    .orElseThrow();
            var readers = new HashSet<>(Groups.work(type));
            Groups.broadcast(type).forEach(service -> readers.add(service + " (broadcast)"));

            assertThat(row.writers()).as(type).isEqualTo(entry.writers());
            assertThat(row.readers()).as(type).isEqualTo(readers);
        }
    }

    @Test
    void a_row_tells_about_order_repeats_and_retention() throws IOException {
        for (Row row : rows()) {
            assertThat(row.order()).as(row.stream()).isNotBlank();
            assertThat(row.late()).as(row.stream()).isNotBlank();
            assertThat(row.kept())
                    .as(row.stream())
                    .isEqualTo(Groups.work(Streams.typeOf(row.stream())).isEmpty() ? "hint" : "work");
        }
    }

    @Test
    void the_catalogue_explains_why_the_request_is_not_called_message_sent() throws IOException {
        assertThat(readme())
                .contains("`reply.requested` asks for a reply", "`message.sent` tells that a bubble was sent");
    }

    @Test
    void every_event_is_read_by_somebody_and_never_twice_by_the_same() {
        for (EventTypes.Entry entry : EventTypes.all()) {
            Set<String> work = Groups.work(entry.type());
            Set<String> broadcast = Groups.broadcast(entry.type());

            assertThat(work.size() + broadcast.size()).as(entry.type()).isPositive();
            assertThat(work).as(entry.type()).noneMatch(broadcast::contains);
        }
    }

    @Test
    void the_registries_find_what_they_list_and_refuse_the_rest() {
        for (EventTypes.Entry entry : EventTypes.all()) {
            assertThat(EventTypes.recordOf(entry.type(), entry.version())).contains(entry.record());
            assertThat(EventTypes.typeOf(entry.record())).isEqualTo(entry.type());
        }
        assertThat(EventTypes.recordOf(LeadCreated.TYPE, 2)).isEmpty();
        assertThat(Groups.workOf(Groups.CAPI_DISPATCHER)).contains("lead.created", "contract.signed");
        assertThat(Groups.broadcastTo(Groups.CAPI_DISPATCHER)).contains("settings.changed");
        assertThat(Groups.working("contract.signed")).isEqualTo(Groups.work("contract.signed"));
        assertThat(Groups.working("person.erased")).containsExactly(Groups.CAPI_DISPATCHER);
        assertThat(Groups.awaitedOf(Groups.CAPI_DISPATCHER)).isEmpty();
        assertThat(Groups.awaitedOf(Groups.EVOLUTION_MANAGER)).containsExactly("person.erased");
        assertThatThrownBy(() -> Streams.key("lead.vanished")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Groups.work("lead.vanished")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Row> rows() throws IOException {
        return readme().lines()
                .filter(line -> line.startsWith("| `stream:"))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .map(cells -> new Row(
                        cells.get(1).replace("`", ""),
                        cells.get(2),
                        names(cells.get(3)),
                        names(cells.get(4)),
                        cells.get(5),
                        cells.get(6),
                        cells.get(7)))
                .toList();
    }

    private static Set<String> names(String cell) {
        return Stream.of(cell.split(",")).map(String::strip).collect(Collectors.toSet());
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
