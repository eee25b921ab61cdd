package io.centurions.platform.webhooks;

import io.centurions.platform.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Enforces {@link BodyLimit}, and a MiB where there is none, by the announced length, or by counting where none
 * is announced. Large bodies also share a budget: whoever may not yet be trusted must not fill the memory with a
 * dozen of them at once. A resource method that takes a stream has its share when it reads it ({@link IncomingBodies}).
 * Who finds it spent hears 503 and comes again; small bodies never wait for it, and one without a length is small until
 * more of it has come.
 *
 * <p>Whoever is answered before the end of what they send is hung up on ({@link HangUp}).
 */
@Provider
public class BodyLimitFilter implements ContainerRequestFilter, ReaderInterceptor, ContainerResponseFilter {

    private static final String WITH_BODY = BodyLimitFilter.class.getName() + ".withBody";
    private static final long USUAL_BYTES = 1024 * 1024;

    private final IncomingBodies incoming;
    private final HangUp hangUp;

    @Context
    ResourceInfo resource;

    @Inject
    public BodyLimitFilter(IncomingBodies incoming, HangUp hangUp) {
        this.incoming = incoming;
        this.hangUp = hangUp;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<Long> own = ownBytes();
        if (own.isEmpty() && !mayHaveBody(request)) {
            return;
        }
        request.setProperty(WITH_BODY, true);
        if (own.isEmpty() && readsItself()) {
            return;
        }
        long limit = own.orElse(USUAL_BYTES);
        if (request.getLength() > limit) {
            throw Problem.tooLarge(limit);
        }
        IncomingBodies.Room room = incoming.room(request.getLength(), limit);
        if (!readsItself()) {
            room.takeAnnounced();
        }
        // An announced length is kept by the protocol.
        if (request.getLength() < 0) {
            request.setEntityStream(new Counted(request.getEntityStream(), limit, room));
        }
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext request) throws IOException {
        Object body = request.proceed();
        IncomingBodies.Room room = incoming.roomOfCurrent();
        if (room != null && !readsItself()) {
            room.read();
        }
        return body;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        IncomingBodies.Room room = incoming.roomOfCurrent();
        if (room != null) {
            room.giveBack();
        }
        if (request.getProperty(WITH_BODY) != null
                && !(request.getEntityStream() instanceof Counted body && body.ended)) {
            hangUp.ifMoreComes(response.getHeaders(), request.getLength());
        }
    }

    private Optional<Long> ownBytes() {
        BodyLimit limit = resource.getResourceMethod().getAnnotation(BodyLimit.class);
        if (limit == null) {
            limit = resource.getResourceClass().getAnnotation(BodyLimit.class);
        }
        return Optional.ofNullable(limit)
                .map(own -> own.kibibytes() > 0 ? own.kibibytes() * 1024L : own.mebibytes() * 1024L * 1024L);
    }

    private boolean readsItself() {
        return List.of(resource.getResourceMethod().getParameterTypes()).contains(InputStream.class);
    }

    private static boolean mayHaveBody(ContainerRequestContext request) {
        return request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null;
    }

    /** It may be as large as any, and is most often small: it has room once it is large. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private final long limit;
        private final IncomingBodies.Room room;
        private long read;
        private boolean large;
        private boolean refused;
        private boolean ended;

        Counted(InputStream in, long limit, IncomingBodies.Room room) {
            this.in = in;
            this.limit = limit;
            this.room = room;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            ended |= one < 0;
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = in.read(into, offset, length);
            ended |= some < 0;
            count(Math.max(some, 0));
            return some;
        }

        private void count(int more) {
            read += more;
            if (read > limit) {
                refused = true;
                throw Problem.tooLarge(limit);
            }
            if (read > LargeBodies.SMALL_BYTES && !large) {
                large = true;
                takeRoom();
            }
        }

        private void takeRoom() {
            try {
                room.take();
            } catch (Problem full) {
                refused = true;
                throw full;
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            // What follows what was wanted counts, too; the stream's own close would wait for all of it.
            byte[] rest = new byte[8192];
            while (!refused && read(rest, 0, rest.length) >= 0) {
                continue;
            }
        }
    }
}
