import pytest

from motcua.papers import marks


def test_the_quiet_zone_is_part_of_the_picture():
    side = 21 + 2 * marks.QR_QUIET  # the smallest QR code has 21 modules
    assert f'viewBox="0 0 {side} {side}"'.encode() in marks.qr("A")
    assert f'd="M{marks.BAR_QUIET} 0h'.encode() in marks.code128("A")


def test_a_picture_holds_numbers_only():
    assert b"script" not in marks.qr("</svg><script>")
    assert b"script" not in marks.code128("</svg><script>")


def test_the_same_text_is_drawn_once():
    assert marks.qr("https://example.vn/1") is marks.qr("https://example.vn/1")


@pytest.mark.parametrize("text", ["", "đ", "a\nb", "🙂"])
def test_what_a_barcode_has_no_sign_for_is_refused(text):
    with pytest.raises(marks.MarkImpossible):
        marks.code128(text)


@pytest.mark.parametrize("text", ["", "x" * 3000])
def test_what_a_qr_code_cannot_hold_is_refused(text):
    with pytest.raises(marks.MarkImpossible):
        marks.qr(text)
