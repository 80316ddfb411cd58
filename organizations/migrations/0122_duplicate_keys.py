import workspaces.operations
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0120_history"),
        ("records", "0123_merged_events"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="organization",
                    name="domain",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            models.Func(
                                models.F("website"),
                                models.Value("^[a-z]+://(www[.])?([^/:?#]*).*$"),
                                models.Value("\\2"),
                                models.Value("i"),
                                function="regexp_replace",
                            )
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                migrations.AddField(
                    model_name="organization",
                    name="name_key",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                models.Func(models.F("name"), function="records_sort_key"),
                                models.Value(
                                    "([ ,.&]+(ab|ag|aps|as|a[.]s|bv|b[.]v|co|company|corp|corporation|gmbh|inc|incorporated|kft|kg|lda|llc|llp|ltd|ltda|limited|nv|n[.]v|oy|plc|pte|pty|sa|s[.]a|sarl|sas|spa|s[.]p[.]a|srl|s[.]r[.]l|s[.]?r[.]?o|spol[.]? s r[.]?o|sp[.]? z ?o[.]?o)[.]?)+$"
                                ),
                                models.Value(""),
                                models.Value(""),
                                function="regexp_replace",
                            ),
                            models.Value("[\\x01-/:-`{-\\x7f]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "domain", "id"],
                        name="org_domain",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "name_key", "id"],
                        name="org_name_key",
                    ),
                ),
            ]
        ),
    ]
