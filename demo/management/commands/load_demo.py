from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from demo.loader import load


class Command(BaseCommand):
    help = "Loads the demo's two workspaces, once; a second call changes nothing."

    def handle(self, *args, **options):
        load(self.stdout.write, Path(settings.BASE_DIR) / "var" / "demo-logins.json")
