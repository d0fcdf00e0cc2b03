

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('areas', '0001_initial'),
        ('documents', '0002_attachments'),
        ('matters', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OrderFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='文件')),
                ('system', models.CharField(choices=[('12345', '12345 热线'), ('street', '街道平台'), ('district', '区级平台'), ('leader', '领导信箱'), ('media', '媒体、网络问政'), ('other', '其他平台')], max_length=10, verbose_name='来源平台')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('opened', models.PositiveIntegerField(default=0)),
                ('updated', models.PositiveIntegerField(default=0)),
                ('same', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
            ],
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='%(class)s', serialize=False, to='matters.matter')),
                ('outer_system', models.CharField(blank=True, choices=[('12345', '12345 热线'), ('street', '街道平台'), ('district', '区级平台'), ('leader', '领导信箱'), ('media', '媒体、网络问政'), ('other', '其他平台')], max_length=10, verbose_name='来源平台')),
                ('outer_number', models.CharField(blank=True, max_length=60, verbose_name='工单编号')),
                ('urgency_class', models.CharField(max_length=4, verbose_name='办理时限分类')),
                ('dispatched_at', models.DateTimeField(blank=True, null=True, verbose_name='派单时间')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='工单载明的时限')),
                ('asked_reply', models.BooleanField(default=True, verbose_name='要求回电')),
                ('keeps_private', models.BooleanField(default=False, verbose_name='要求保密')),
                ('public_reply', models.TextField(blank=True, verbose_name='答复')),
                ('private_reply', models.TextField(blank=True, verbose_name='内部说明')),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('proof', models.TextField(blank=True, verbose_name='无法解决的依据')),
                ('objection', models.CharField(blank=True, choices=[('not_here', '地址不在本社区'), ('not_ours', '不属于社区、街道职责'), ('repeated', '重复派单'), ('unclear', '诉求不清，无法核实'), ('other', '其他')], max_length=12, verbose_name='异议退单')),
                ('objected_at', models.DateTimeField(blank=True, null=True)),
                ('exempt_ground', models.CharField(blank=True, choices=[('unreasonable', '诉求不合理、于法无据'), ('beyond', '超出社区和街道职权'), ('court', '已进入诉讼、仲裁、信访程序'), ('malicious', '恶意、反复缠诉'), ('unreachable', '多次联系不上'), ('force', '不可抗力'), ('other', '其他')], max_length=14, verbose_name='剔除理由')),
                ('exempt_reason', models.CharField(blank=True, max_length=200, verbose_name='剔除说明')),
                ('exempt_at', models.DateTimeField(blank=True, null=True)),
                ('outer_said', models.JSONField(default=dict)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('exempt_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('outer_number', ''), _negated=True), fields=('community', 'outer_system', 'outer_number'), name='appeal_order_once'), models.CheckConstraint(condition=models.Q(('exempt_ground', ''), models.Q(('exempt_reason', ''), _negated=True), _connector='OR'), name='appeal_exempt_says_why')],
            },
        ),
    ]
