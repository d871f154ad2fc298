"""Staff from a file: rows that are wrong are told, nothing is written; the same file again changes nothing."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.journal.models import Entry
from motcua.people.errors import StaffRefused
from motcua.people.load_staff import BadStaffFile, load_staff
from motcua.people.models import Grant, Role, Unit, User
from motcua.people.queries import officer
from tests.cast import Played, played

HEAD = "Mã đơn vị,Tên đăng nhập,Họ và tên,Chức danh,Vai trò,Lĩnh vực\n"
ROWS = (
    "19747,tn.phuhau,Trần Thị Một,Công chức tiếp nhận,Tiếp nhận và trả kết quả,\n"
    "19747,tp.phuhau,Lê Văn Hai,Công chức Tư pháp,Công chức chuyên môn,Tư pháp - Hộ tịch; van hoa - xa hoi\n"
    "19747,tp.phuhau,Lê Văn Hai,Công chức Tư pháp,Quản trị đơn vị,\n"
)


def load(text: str | bytes, by: Played | None = None, **more: object):
    content = text if isinstance(text, bytes) else text.encode()
    officer_ = by.officer if by else None
    return load_staff("staff.csv", io.BytesIO(content), officer_, timezone.now(), **more)


def counted() -> tuple[int, ...]:
    return User.objects.count(), Grant.objects.count(), Entry.objects.count()


def test_a_file_makes_accounts_and_roles_and_the_same_again_nothing(administrator: Played) -> None:
    loaded = load(HEAD + ROWS, administrator)
    assert (loaded.accounts, loaded.roles, loaded.same) == (2, 3, 0)
    two = played("tp.phuhau")
    unit = Unit.objects.get(code="19747")
    assert two.officer.roles_in(unit.pk) == {Role.SPECIALIST, Role.UNIT_ADMIN}
    assert len(two.officer.fields_in(unit.pk)) == 2
    assert not two.user.has_usable_password()
    before = counted()
    again = load(HEAD + ROWS, administrator)
    assert (again.accounts, again.roles, again.retitled, again.same) == (0, 0, 0, 3)
    assert counted() == before


def test_english_words_a_semicolon_and_a_workbook_are_read_alike(db) -> None:
    book = openpyxl.Workbook()
    book.active.append(["unit", "username", "full_name", "title", "role", "fields", "thừa"])
    book.active.append([19747, "tn.phuhau", "Trần Thị Một", None, "clerk", None, "x"])
    book.active.append([])
    book.active.append([19747, "tp.phuhau", "Lê Văn Hai", None, "specialist", "Tư pháp - Hộ tịch", None])
    file = io.BytesIO()
    book.save(file)
    assert load(file.getvalue()).roles == 2
    excel = HEAD.replace(",", ";") + "000.01.01.H57;x.moi;Người Mới;;Lãnh đạo;\n"
    unit = Unit.objects.filter(identifiers__identifier="000.01.01.H57").first()
    if unit is not None:
        assert load(b"\xef\xbb\xbf" + excel.encode()).roles == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("99999,a.b.c,Tên,,Lãnh đạo,", "không có đơn vị mang mã “99999”"),
        ("19747,có dấu,Tên,,Lãnh đạo,", "không dấu"),
        ("19747,a.b.c,,,Lãnh đạo,", "thiếu họ và tên"),
        ("19747,a.b.c,Tên,,Vua,", "vai trò “Vua” phải là"),
        ("19747,a.b.c,Tên,,Công chức chuyên môn,", "cần lĩnh vực"),
        ("19747,a.b.c,Tên,,Công chức chuyên môn,Phép thuật", "lĩnh vực “Phép thuật” phải là"),
        ("19747,a.b.c,Tên,,Lãnh đạo,Công an", "chỉ công chức chuyên môn"),
        ("19747,tn.phuhau,Trần Thị Khác,,Lãnh đạo,", "khác họ tên ở dòng 2"),
        ("19747,tn.phuhau,Trần Thị Một,,Tiếp nhận và trả kết quả,", "trùng với dòng 2"),
        ("19747,quantri,Ai Đó,,Lãnh đạo,", "đã là của một người tên khác"),
        (f"19747,a.b.c,{'A' * 81},,Lãnh đạo,", "dài hơn 80"),
        ("19747,quantri,Phan Thanh Tùng,,Lãnh đạo,", "chính mình"),
    ],
)
def test_a_wrong_row_is_told_and_nothing_is_written(administrator: Played, row: str, words: str) -> None:
    before = counted()
    with pytest.raises(BadStaffFile, match=words) as refused:
        load(f"{HEAD}{ROWS}{row}\n", administrator)
    assert {mistake.row for mistake in refused.value.mistakes} == {5}
    assert counted() == before


def test_every_wrong_row_is_told_at_once(administrator: Played) -> None:
    with pytest.raises(BadStaffFile) as refused:
        load(HEAD + "1,a,,,x,\n" * 12, administrator)
    assert len({mistake.row for mistake in refused.value.mistakes}) == 12
    assert "dòng nữa" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "thiếu cột"),
        (HEAD.encode(), "không có dòng nào"),
        ("Tên đăng nhập,Họ và tên\nx,y\n".encode(), "thiếu cột Mã đơn vị, Chức danh, Vai trò, Lĩnh vực"),
        (HEAD.encode("utf-16"), "UTF-8"),
        ((HEAD + '"a').encode(), "không phải CSV"),
        (b"PK\x03\x04 not a workbook", "Không đọc được tệp XLSX"),
        (b"x" * 5_000_001, "5 MB"),
        ((HEAD + "1,a,b,c,d,e\n" * 5_001).encode(), "5.000 dòng"),
    ],
)
def test_what_is_no_staff_file_is_refused(db, content: bytes, words: str) -> None:
    with pytest.raises(StaffRefused, match=words):
        load(content)


def test_a_units_administrator_loads_his_own_unit_only(leader: Played, unit: Unit) -> None:
    Grant.objects.create(user=leader.user, unit=unit, role=Role.UNIT_ADMIN)
    by = played(leader.user.username)
    assert load(HEAD + "19798,a.b.c,Tên,,Tiếp nhận và trả kết quả,\n", by).roles == 1
    for row in ("19747,a.b.d,Tên,,Lãnh đạo,", "19798,a.b.d,Tên,,Giám sát,", "46,a.b.d,Tên,,Quản trị tỉnh,"):
        with pytest.raises(BadStaffFile, match="không trao"):
            load(f"{HEAD}{row}\n", by)
    with pytest.raises(BadStaffFile, match="cấp trên sửa"):
        load(HEAD + "19798,tiepnhan.ango,Hồ Thị Mai,Trưởng phòng,Lãnh đạo,\n", by)


def test_a_row_costs_the_same_however_many_there_are(db) -> None:
    """A province's 760 are not held against each other: some queries a row, none for rows that were there."""

    def cost(first: int, number: int) -> int:
        rows = "".join(f"19747,cb{first + n}.x,Người Số {n},,clerk,\n" for n in range(number))
        with CaptureQueriesContext(connection) as captured:
            load(HEAD + rows)
        return len(captured)

    one, ten = cost(0, 1), cost(100, 10)
    assert ten - one <= 9 * 20
    assert cost(100, 10) <= 12


def test_passwords_for_those_who_are_new(db) -> None:
    loaded = load(HEAD + ROWS, with_passwords=True)
    assert [user.username for user, _secret in loaded.passwords] == ["tn.phuhau", "tp.phuhau"]
    user, secret = loaded.passwords[0]
    assert User.objects.get(pk=user.pk).check_password(secret)
    assert officer(user.pk, "").has(Role.CLERK)
