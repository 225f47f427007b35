# One image for web, worker, beat and the migration; docker-compose.yml says which command each runs.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1

RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin stillblocked \
 && install -d -o stillblocked /data

WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/base.txt

COPY manage.py ./
COPY config config
COPY tracker tracker
COPY events events

# The embedded default is enough to collect what is served as it is; no secret is needed or left behind.
RUN mkdir static-root && STILLBLOCKED_DATA_DIR=/tmp/build python manage.py collectstatic --noinput && rm -r /tmp/build

ENV STILLBLOCKED_DATA_DIR=/data
USER stillblocked
VOLUME /data
EXPOSE 8000
