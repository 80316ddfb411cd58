import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
application = get_wsgi_application()

from workspaces.logins import refuse_powerful_login  # noqa: E402 - Django has to be set up first

refuse_powerful_login()
