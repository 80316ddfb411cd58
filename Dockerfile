# One image for web server, worker and set-up; docker-compose.yml says which is which.
FROM python:3.13-slim AS packages

RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock


FROM python:3.13-slim

RUN useradd --system --uid 10001 --create-home rapport \
    && install --directory --owner rapport --mode 0700 /data/media
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .

ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MEDIA_ROOT=/data/media \
    STATIC_ROOT=/srv/static \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_INTERFACE=wsgi \
    GRANIAN_WORKERS=2 \
    GRANIAN_BLOCKING_THREADS=8 \
    GRANIAN_RESPAWN_FAILED_WORKERS=true \
    GRANIAN_WEBSOCKETS=false

# Settings refuse to load without a key, a database, an address and mail; collecting files uses none of them.
RUN WORKING_COPY=1 SECRET_KEY=unused DATABASE_URL=postgresql://unused@unused/unused \
    python manage.py collectstatic --no-input

USER rapport
VOLUME /data/media
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["granian", "crm.wsgi:application"]
