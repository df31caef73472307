from django.db import migrations

# What Wagtail noted about rows that show no file of its library (`StaffViewSet.add_to_reference_index`): nobody could ask for it, and from now on nothing
# keeps it true.
FORGET = """
    delete from wagtailcore_referenceindex where base_content_type_id in (
        select id from django_content_type
        where app_label not in ('wagtailcore', 'wagtailimages', 'wagtaildocs', 'portal')
        and (app_label, model) not in
            (('advices', 'advice'), ('decisions', 'decision'), ('governance', 'sitting'), ('processes', 'document'), ('processes', 'process'))
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0078_referenceindex"),
    ]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
