#!/usr/bin/env python
"""Django's commands for this project. `python3 dev.py` makes the environment that they need and hands over to here."""

import os
import sys

from core.environment import use_embedded_server


def main() -> None:
    use_embedded_server()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
