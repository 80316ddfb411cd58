"""The admin of the platform's staff, at /admin/: global tables only. Workspaces have admin sites of their own."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PlatformSite(AdminSite):
    site_header = site_title = _("Rapport platform")
    index_title = _("Platform")
