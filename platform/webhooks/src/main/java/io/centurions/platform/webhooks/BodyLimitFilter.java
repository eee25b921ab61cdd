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
import java.io.IOException;
import java.io.InputStream;

/**
 * Enforces {@link BodyLimit}, by the announced length where there is one and by counting where there is none. Large bodies
 * also share a budget: whoever may not yet be trusted must not fill the memory with a dozen of them at once. Who finds it
 * spent hears 503 and comes again; small bodies never wait for it.
 */
@Provider
@BodyLimit
public class BodyLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String BORROWED = BodyLimitFilter.class.getName();

    private final LargeBodies large;

    @Context
    ResourceInfo resource;

    @Inject
    public BodyLimitFilter(LargeBodies large) {
        this.large = large;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        long limit = limitBytes();
        if (request.getLength() > limit) {
            throw Problem.tooLarge(limit);
        }
        int borrowed = large.borrow(request.getLength() < 0 ? limit : request.getLength());
        request.setProperty(BORROWED, borrowed);
        request.setEntityStream(new Counted(request.getEntityStream(), limit));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(BORROWED) instanceof Integer borrowed) {
            large.giveBack(borrowed);
        }
    }

    private long limitBytes() {
        BodyLimit limit = resource.getResourceMethod().getAnnotation(BodyLimit.class);
        if (limit == null) {
            limit = resource.getResourceClass().getAnnotation(BodyLimit.class);
        }
        return limit.kibibytes() > 0 ? limit.kibibytes() * 1024L : limit.mebibytes() * 1024L * 1024L;
    }

    private static final class Counted extends InputStream {
        private final InputStream in;
        private final long limit;
        private long read;

        Counted(InputStream in, long limit) {
            this.in = in;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = in.read(into, offset, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int more) {
            read += more;
            if (read > limit) {
                throw Problem.tooLarge(limit);
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
