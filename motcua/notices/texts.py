"""What is said by default, for each event and channel: plain, short, useful, and no more of a person than needed.

The province may say it in other words (models.Wording). The names in braces are filled in (facts.py). They are
Vietnamese, because an administrator writes with them. Nothing here is translated: the State writes Vietnamese.
"""

from dataclasses import dataclass
from typing import Final

from motcua.notices.choices import Channel


@dataclass(frozen=True, slots=True)
class Draft:
    subject: str
    text: str


_FOOT = (
    "\n\nXem hồ sơ đang ở đâu: {tra_cuu}\n\nBộ phận Tiếp nhận và Trả kết quả, {don_vi}"
    "\nThư gửi tự động, xin đừng trả lời vào địa chỉ này."
)


def _citizen(subject: str, mail: str, sms: str) -> dict[Channel, Draft]:
    return {
        Channel.MAIL: Draft(subject, f"Kính gửi ông/bà,\n\n{mail}{_FOOT}"),
        Channel.SMS: Draft("", f"Một cửa {{don_vi}}: {sms}"),
    }


def _officer(subject: str, text: str) -> dict[Channel, Draft]:
    return {Channel.INBOX: Draft(subject, text)}


DEFAULTS: Final[dict[str, dict[Channel, Draft]]] = {
    "receive": _citizen(
        "Đã nhận hồ sơ {ma_ho_so}",
        "{don_vi} đã nhận hồ sơ {ma_ho_so}.\n\nThủ tục: {thu_tuc}\nHẹn trả kết quả: {hen_tra}",
        "đã nhận hồ sơ {ma_ho_so}, hẹn trả {hen_tra}. Tra cứu: {tra_cuu}",
    ),
    "ask_supplement": _citizen(
        "Hồ sơ {ma_ho_so} cần bổ sung giấy tờ",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) còn thiếu hoặc có giấy tờ chưa đúng: {so_giay_to} loại. Tên giấy tờ và lý do ghi "
        "trong Phiếu yêu cầu bổ sung (Mẫu số 02) tại Bộ phận Một cửa.\n\nViệc cần làm: nộp đủ giấy tờ ghi trong phiếu, "
        "chậm nhất {han_bo_sung}. Trong lúc chờ, thời hạn giải quyết dừng lại; nhận đủ giấy tờ, chúng tôi hẹn lại ngày "
        "trả kết quả. Quá hạn mà chưa bổ sung thì hồ sơ được đóng.",
        "hồ sơ {ma_ho_so} cần bổ sung {so_giay_to} loại giấy tờ, ghi trong Phiếu Mẫu số 02 tại Một cửa. "
        "Nộp chậm nhất {han_bo_sung}.",
    ),
    "permit_supplement": _citizen(
        "Xin lỗi, hồ sơ {ma_ho_so} cần bổ sung lần nữa",
        "Chúng tôi xin lỗi vì phải đề nghị bổ sung hồ sơ {ma_ho_so} ({thu_tuc}) lần nữa: {so_giay_to} loại giấy tờ. Tên "
        "giấy tờ và lý do ghi trong Phiếu yêu cầu bổ sung (Mẫu số 02) tại Bộ phận Một cửa.\n\nViệc cần làm: nộp đủ giấy "
        "tờ ghi trong phiếu, chậm nhất {han_bo_sung}. Nhận đủ, chúng tôi hẹn lại ngày trả kết quả.",
        "xin lỗi vì hồ sơ {ma_ho_so} phải bổ sung lần nữa, {so_giay_to} loại giấy tờ ghi trong Phiếu Mẫu số 02 tại "
        "Một cửa. Nộp chậm nhất {han_bo_sung}.",
    ),
    "reject_submission": _citizen(
        "Giấy tờ bổ sung của hồ sơ {ma_ho_so} chưa đạt",
        "Giấy tờ ông/bà gửi qua mạng cho hồ sơ {ma_ho_so} ({thu_tuc}) chưa đạt. Lý do ghi trên trang của hồ sơ.\n\n"
        "Việc cần làm: gửi lại tệp đúng, hoặc mang giấy tờ đến Một cửa, chậm nhất {han_bo_sung}.",
        "giấy tờ gửi qua mạng cho hồ sơ {ma_ho_so} chưa đạt. Gửi lại hoặc mang đến Một cửa, chậm nhất {han_bo_sung}.",
    ),
    "warn_lapse": _citizen(
        "Hồ sơ {ma_ho_so} sắp đóng vì chưa bổ sung",
        "Chúng tôi chưa nhận được giấy tờ bổ sung của hồ sơ {ma_ho_so} ({thu_tuc}).\n\nViệc cần làm: nộp giấy tờ ghi trong "
        "Phiếu yêu cầu bổ sung chậm nhất {han_bo_sung}. Sau đó hồ sơ được đóng; muốn làm tiếp phải nộp hồ sơ mới.",
        "hồ sơ {ma_ho_so} chưa được bổ sung. Chậm nhất {han_bo_sung} phải nộp đủ, nếu không hồ sơ sẽ đóng.",
    ),
    "lapse": _citizen(
        "Hồ sơ {ma_ho_so} đã đóng vì không bổ sung",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã đóng vì quá hạn mà chưa nhận được giấy tờ bổ sung. Mời ông/bà mang giấy tiếp nhận "
        "đến Bộ phận Một cửa nhận lại giấy tờ đã nộp. Ông/bà có thể nộp hồ sơ mới bất cứ lúc nào.",
        "hồ sơ {ma_ho_so} đã đóng vì quá hạn bổ sung. Mời nhận lại giấy tờ tại Một cửa; có thể nộp hồ sơ mới.",
    ),
    "resume": _citizen(
        "Hồ sơ {ma_ho_so}: đã nhận đủ giấy tờ bổ sung",
        "Chúng tôi đã nhận đủ giấy tờ bổ sung của hồ sơ {ma_ho_so} ({thu_tuc}).\n\nNgày hẹn trả kết quả mới: {hen_tra}",
        "hồ sơ {ma_ho_so} đã đủ giấy tờ bổ sung. Hẹn trả mới: {hen_tra}.",
    ),
    "withdraw": _citizen(
        "Hồ sơ {ma_ho_so} đã được rút",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã được rút theo đề nghị của người nộp. Mời ông/bà mang giấy tiếp nhận đến Bộ phận "
        "Một cửa nhận lại giấy tờ đã nộp. Nếu không đề nghị rút, xin báo ngay cho chúng tôi.",
        "hồ sơ {ma_ho_so} đã được rút theo đề nghị. Mời nhận lại giấy tờ. Nếu không đề nghị rút, xin báo ngay Một cửa.",
    ),
    "finish": _citizen(
        "Hồ sơ {ma_ho_so} đã có kết quả",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã có kết quả.\n\n{cach_nhan}",
        "hồ sơ {ma_ho_so} đã có kết quả. {cach_nhan}",
    ),
    "finish_early": _citizen(
        "Hồ sơ {ma_ho_so} có kết quả sớm hơn hẹn",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã có kết quả, sớm hơn ngày hẹn ({hen_tra}).\n\n{cach_nhan}",
        "hồ sơ {ma_ho_so} đã có kết quả, sớm hơn ngày hẹn {hen_tra}. {cach_nhan}",
    ),
    "finish_refused": _citizen(
        "Hồ sơ {ma_ho_so} đã có văn bản trả lời",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã được xem xét và không đủ điều kiện giải quyết. Lý do ghi trong Phiếu từ chối "
        "(Mẫu số 03). {cach_nhan} Giấy tờ đã nộp được trả lại cùng lúc.\n\nNếu chưa rõ hoặc không đồng ý, ông/bà có thể hỏi "
        "tại Bộ phận Một cửa hoặc khiếu nại theo quy định.",
        "hồ sơ {ma_ho_so} không đủ điều kiện giải quyết, lý do ghi trong văn bản trả lời. {cach_nhan}",
    ),
    "reappoint": _citizen(
        "Xin lỗi và hẹn lại ngày trả hồ sơ {ma_ho_so}",
        "Chúng tôi xin lỗi ông/bà: hồ sơ {ma_ho_so} ({thu_tuc}) không kịp trả kết quả vào {hen_cu}.\n\nLý do: {ly_do}\n"
        "Ngày hẹn trả mới: {hen_tra}\n\nThư xin lỗi (Mẫu số 04) có tại Bộ phận Một cửa. Ông/bà không phải làm gì thêm.",
        "xin lỗi vì hồ sơ {ma_ho_so} không kịp trả vào {hen_cu}. Hẹn trả mới: {hen_tra}.",
    ),
    "apologise": _citizen(
        "Xin lỗi về hồ sơ {ma_ho_so}",
        "Chúng tôi xin lỗi ông/bà về hồ sơ {ma_ho_so} ({thu_tuc}).\n\nLý do: {ly_do}\n\nThư xin lỗi (Mẫu số 04) có tại "
        "Bộ phận Một cửa. Ông/bà không phải làm gì thêm.",
        "xin lỗi ông/bà về hồ sơ {ma_ho_so}: {ly_do}. Thư xin lỗi có tại Một cửa.",
    ),
    "recount": _citizen(
        "Ngày hẹn trả hồ sơ {ma_ho_so} thay đổi",
        "Lịch làm việc chung thay đổi ({ly_do}), nên ngày hẹn trả hồ sơ {ma_ho_so} ({thu_tuc}) thay đổi.\n\n"
        "Trước đây: {hen_cu}\nNay là: {hen_tra}",
        "lịch làm việc thay đổi ({ly_do}), hồ sơ {ma_ho_so} hẹn trả {hen_tra} (trước: {hen_cu}).",
    ),
    "hand_over": _citizen(
        "Hồ sơ {ma_ho_so} đã hoàn tất",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã hoàn tất. Cảm ơn ông/bà.",
        "hồ sơ {ma_ho_so} đã hoàn tất. Cảm ơn ông/bà.",
    ),
    "recall": _citizen(
        "Kết quả hồ sơ {ma_ho_so} cần sửa",
        "Chúng tôi xin lỗi ông/bà: kết quả của hồ sơ {ma_ho_so} ({thu_tuc}) có sai sót và đang được sửa. Ông/bà không mất "
        "thêm chi phí. Xin chưa dùng bản đã nhận; có kết quả đúng, chúng tôi báo ngay.",
        "xin lỗi, kết quả hồ sơ {ma_ho_so} có sai sót và đang được sửa, ông/bà không mất thêm chi phí. Xin chưa dùng bản "
        "đã nhận; sửa xong sẽ báo.",
    ),
    "reissue": _citizen(
        "Hồ sơ {ma_ho_so}: kết quả đã sửa xong",
        "Kết quả của hồ sơ {ma_ho_so} ({thu_tuc}) đã được sửa. {cach_nhan}",
        "kết quả hồ sơ {ma_ho_so} đã được sửa. {cach_nhan}",
    ),
    "consult": _officer(
        "Hồ sơ {ma_ho_so}: {noi_hoi} hỏi ý kiến",
        "{thu_tuc}. {noi_hoi} đề nghị trả lời, hạn {han_tra_loi}; câu hỏi ở trang hồ sơ. Quá hạn thì lãnh đạo hai bên được "
        "báo (Nghị định 61/2018/NĐ-CP, Điều 19 khoản 5).",
    ),
    "late_answer": _officer(
        "Hồ sơ {ma_ho_so}: cơ quan được hỏi chậm trả lời",
        "{thu_tuc}. {co_quan} chưa trả lời, hạn {han_tra_loi}. Hẹn trả công dân: {hen_tra}. Đề nghị phối hợp xử lý "
        "(Nghị định 61/2018/NĐ-CP, Điều 19 khoản 5).",
    ),
    "draft_apology": _officer(
        "Hồ sơ {ma_ho_so}: thư xin lỗi chờ ký",
        "{thu_tuc}. Hồ sơ khó kịp hẹn trả {hen_tra}; thư xin lỗi và hẹn lại đã soạn, ký chậm nhất {ky_truoc} thì đúng quy định.",
    ),
    "assign": _officer(
        "Hồ sơ {ma_ho_so}: được giao cho bạn",
        "{thu_tuc}. Hạn của bước này: {han_buoc}. Hẹn trả công dân: {hen_tra}.",
    ),
    "submit_supplement": _officer(
        "Hồ sơ {ma_ho_so}: giấy tờ bổ sung đã gửi qua mạng",
        "Người nộp đã gửi đủ giấy tờ bổ sung qua mạng. Mở hồ sơ, xem từng tệp rồi nhận hoặc gửi lại kèm lý do. Nhận thì "
        "thời hạn tính từ lúc người nộp gửi.",
    ),
    "propose_supplement": _officer(
        "Hồ sơ {ma_ho_so}: xin phép yêu cầu bổ sung lần nữa",
        "{thu_tuc}. Luật cho yêu cầu bổ sung một lần; lần này cần lãnh đạo cho phép và ghi lý do. Hẹn trả công dân: {hen_tra}.",
    ),
}
