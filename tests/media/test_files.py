"""An uploaded file is shown to those who may see it and to nobody else, wherever it is stored."""

from __future__ import annotations

import boto3
import pytest
from config.environment import file_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from moto import mock_aws
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from media.models import SalaDocument, SalaImage
from practices.catalogue.models import Institution
from tests.factories.people import make_focal_point, make_institution, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["folder", "bucket"])
def storage(request, settings, monkeypatch):
    """The default storage: a folder, or a bucket of a server that speaks S3."""
    if request.param == "folder":
        yield default_storage
        return
    for name, value in {"BUCKET": "sala", "REGION": "eu-west-1", "ACCESS_KEY": "example", "SECRET_KEY": "x"}.items():
        monkeypatch.setenv(f"FILES_{name}", value)
    with mock_aws():
        where = {"LocationConstraint": "eu-west-1"}
        boto3.client("s3", region_name="eu-west-1").create_bucket(Bucket="sala", CreateBucketConfiguration=where)
        settings.STORAGES = {**settings.STORAGES, "default": file_storage()}
        assert type(storages["default"]).__name__ == "PrivateBucket"
        yield default_storage


@pytest.fixture
def picture(storage) -> SalaImage:
    make_institution("example-home")
    image = SalaImage(title="Example", collection=Collection.objects.get(name="example-home"))
    image.file.save("example.png", get_test_image_file())
    image.save()
    return image


def test_a_picture_and_its_renditions_are_shown_to_those_who_may_choose_it(picture, client):
    addresses = [picture.file.url, picture.get_rendition("max-50x50").url]
    assert all(address.startswith("/media/") for address in addresses)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(make_person())
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(make_focal_point(make_institution("another-example")))
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(make_focal_point(Institution.objects.get(code="example-home")))
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/png"
        assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
        assert "private" in answer.headers["Cache-Control"]


def test_other_files_have_no_address_there(storage, client):
    client.force_login(make_focal_point(make_institution()))
    document = SalaDocument.objects.create(title="Example", file=ContentFile(b"%PDF-1.4", "example.pdf"))
    for address in (f"/media/{document.file.name}", "/media/no-such-file.png", "/media/../secret_key"):
        assert client.get(address).status_code == 404
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"%PDF-1.4"
