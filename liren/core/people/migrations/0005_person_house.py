"""Who lives behind a door today, without reading every person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0001_initial"),
        ("people", "0004_words_at_once"),
        ("places", "0003_house_room"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["house", "present"], name="person_house"),
        ),
    ]
