# The archive as one image; the same image runs the web server, the worker and the commands.
# Another base with Python 3.11 or newer: --build-arg BASE=…
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS packages
WORKDIR /build
COPY pyproject.toml requirements.txt ./
# What the archive runs on, at the pinned versions, without what only its tests need.
RUN python3 -m venv /venv \
    && /venv/bin/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > runtime.txt \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r runtime.txt -c requirements.txt

FROM ${BASE}
RUN useradd --uid 10001 --home-dir /data --shell /usr/sbin/nologin archive \
    && install -d -o archive -g archive /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=newsarchive.settings.prod \
    NEWSARCHIVE_HOME=/data \
    GUNICORN_CMD_ARGS=--access-logfile=-
RUN python -m newsarchive.catalogues compile \
    && NEWSARCHIVE_HOME=/tmp/build NEWSARCHIVE_SECRET_KEY=build NEWSARCHIVE_HOSTS=localhost \
       python manage.py collectstatic --noinput --verbosity 0 \
    && rm -r /tmp/build
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["gunicorn", "--config", "python:newsarchive.webserver", "newsarchive.wsgi"]
