# One image for web, worker and commands. Every RUN calls a script under deploy/, which CI runs in an empty folder too.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /srv/sala
COPY requirements requirements
COPY deploy/install-packages deploy/
RUN ["deploy/install-packages", "/opt/venv"]
COPY . .
RUN ["deploy/build", "/opt/venv/bin/python"]

FROM python:3.11.14-slim-bookworm
COPY deploy/install-tools /usr/local/bin/
RUN ["/usr/local/bin/install-tools"]
WORKDIR /srv/sala
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/srv/sala:/srv/sala/site PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production SALA_VAR=/srv/sala/var
COPY --from=build /opt/venv /opt/venv
COPY --from=build --chown=root:root /srv/sala /srv/sala
COPY --from=build --chown=10001:10001 /srv/sala/var/media /srv/sala/var/media
USER 10001:10001
EXPOSE 8000
VOLUME ["/srv/sala/var/media"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["deploy/healthy"]
STOPSIGNAL SIGTERM
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "config.wsgi"]
