from django.contrib.admin import apps as admin_apps


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin with the platform's own site as the default one."""

    default_site = "crm.admin.PlatformSite"
