"""Chinese, Japanese and Thai: what opens a follow-up, what points back, and what only asks."""

from __future__ import annotations

# Before something else that the same is asked of: 那2023年呢？
OPENERS = "那么 那麼 那 还有 還有 而 然后 では じゃあ それでは それなら แล้ว"
# After it.
CLOSERS = "怎么样 怎麼樣 又如何 如何 呢 はどうですか はどう については は ล่ะ"
POINTING = """
    它 他们 她们 他 她 其 这个 那个 这 那里 那 该 前者 后者 それ その これ この あれ 彼女 彼
    そこ มัน เขา นั้น
"""
# Parts of questions that are no subject.
ASKING = """
    什么时候 什麼時候 为什么 為什麼 是什么 什么 什麼 多少 哪里 哪些 哪个 哪一个 怎么 怎样 如何
    谁 誰 几 吗 嗎 呢 是 的 了 有 在 何时 为何 いつ なぜ どうして どこ だれ 何 いくら ですか
    ますか でしたか ましたか か は の どう どの どれ เมื่อไหร่ ทำไม ที่ไหน อะไร ใคร
    เท่าไหร่
"""
