"""Texts of ``truyvet completion``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "completion.short": Text("Gợi ý lệnh khi gõ phím Tab.", "Completion of commands by the Tab key."),
    "completion.help": Text(
        "In ra đoạn mã để bash, zsh hoặc fish gợi ý lệnh và tùy chọn khi gõ phím Tab.",
        "Print the script by which bash, zsh or fish complete commands and options with the Tab key.",
    ),
    "completion.examples": Text(
        "echo 'eval \"$(truyvet completion bash)\"' >> ~/.bashrc\n"
        "echo 'eval \"$(truyvet completion zsh)\"' >> ~/.zshrc\n"
        "truyvet completion fish > ~/.config/fish/completions/truyvet.fish",
        "echo 'eval \"$(truyvet completion bash)\"' >> ~/.bashrc\n"
        "echo 'eval \"$(truyvet completion zsh)\"' >> ~/.zshrc\n"
        "truyvet completion fish > ~/.config/fish/completions/truyvet.fish",
    ),
    "completion.argument.shell": Text("bash, zsh hoặc fish.", "bash, zsh or fish."),
}
