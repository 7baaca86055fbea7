FROM node:22-slim AS bundle
WORKDIR /source/browser
COPY browser/package.json browser/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY browser .
RUN node build.js /vendor

FROM python:3.11-slim AS build
WORKDIR /source
RUN python -m venv /opt/nomdeplume
# The lock by itself first: a change of our own code leaves this layer as it is.
COPY requirements.lock .
RUN /opt/nomdeplume/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
# Officers' keys are opened in the browser with this; the build finds it made and has no npm.
COPY --from=bundle /vendor app/web/static/js/vendor
# The build tools come from the lock as well, so nothing is fetched without a hash.
RUN /opt/nomdeplume/bin/pip install --no-cache-dir --no-build-isolation --no-deps .

FROM python:3.11-slim
# A fixed number, so that the owner of a mounted folder can be set from outside.
RUN useradd --uid 10001 --user-group --no-create-home --no-log-init --shell /usr/sbin/nologin nomdeplume \
    && install --directory --owner=nomdeplume --group=nomdeplume --mode=0700 /data /keys
# Word 97 documents and scans are read through these. Build with --build-arg READERS= for an image without them, half
# the size: it refuses such files in words.
ARG READERS="libreoffice-writer-nogui tesseract-ocr"
RUN if [ -n "$READERS" ]; then \
        apt-get update && apt-get install --yes --no-install-recommends $READERS && rm -rf /var/lib/apt/lists/*; \
    fi
COPY --from=build /opt/nomdeplume /opt/nomdeplume
ENV PATH=/opt/nomdeplume/bin:$PATH \
    NOMDEPLUME_DATA=/data \
    NOMDEPLUME_KEYS=/keys
# Two volumes, because a backup of the first must not hold the second.
VOLUME ["/data", "/keys"]
WORKDIR /data
USER nomdeplume
EXPOSE 8000
# As Ctrl-C does: the worker finishes the essay in hand.
STOPSIGNAL SIGINT
# The empty ProxyHandler keeps a proxy named in the environment out of it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import ProxyHandler, build_opener as b; b(ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["nomdeplume", "serve", "--host", "0.0.0.0", "--port", "8000"]
