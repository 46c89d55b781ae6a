"""The groups behind the roles."""

from django.db import migrations

_EXPORT = ("export_articles", "导出稿件")
_DESK = ("work_at_desk", "在编辑台工作：上传、校对、发布、撤下")
_IN_DOUBT = ("publish_in_doubt", "疑点未决时仍然发布")
_ACCOUNTS = ("manage_accounts", "邀请和管理账号")

ROLES = {
    "reader": [],
    "staff": [_EXPORT],
    "editor": [_EXPORT, _DESK],
    "chief": [_EXPORT, _DESK, _IN_DOUBT],
    "administrator": [_EXPORT, _DESK, _IN_DOUBT, _ACCOUNTS],
}


def make_groups(apps, schema_editor):
    """Permissions are made here as well: on a new database they would come only after all migrations."""
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    content_type_model = apps.get_model("contenttypes", "ContentType")
    article_type, _ = content_type_model.objects.get_or_create(app_label="articles", model="article")
    for group_name, permissions in ROLES.items():
        group, _ = group_model.objects.get_or_create(name=group_name)
        for codename, name in permissions:
            permission, _ = permission_model.objects.get_or_create(
                content_type=article_type, codename=codename, defaults={"name": name}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
