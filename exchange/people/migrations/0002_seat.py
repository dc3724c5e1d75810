import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('operational', 'Operational focal point'), ('strategic', 'Strategic focal point')], max_length=20, verbose_name='kind')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL, verbose_name='holder')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='catalogue.institution', verbose_name='institution')),
            ],
            options={
                'verbose_name': 'seat',
                'verbose_name_plural': 'seats',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('institution', 'kind'), name='one_holder_per_seat', violation_error_message="This seat is taken. End the present holder's time first."), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('institution', 'holder'), name='nobody_holds_both_seats', violation_error_message='Nobody can hold both seats of one institution.')],
            },
        ),
    ]
