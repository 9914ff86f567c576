//! The code fence of Markdown, which chats and documents leave around what is copied out of them.

/// A text without the fence and the blanks around it.
pub(crate) fn without_fence(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix("```")
        .and_then(|text| text.strip_suffix("```"))
        .and_then(|text| text.split_once('\n'))
        .map_or(text, |(_, inside)| inside.trim())
}

#[cfg(test)]
mod tests {
    use super::without_fence;

    #[test]
    fn only_a_whole_fence_is_taken_off() {
        for (text, inside) in [
            (" ```sh\n curl x\n```\n", "curl x"),
            ("```\r\ncurl x\r\n```", "curl x"),
            (" curl x ", "curl x"),
            ("```curl x```", "```curl x```"),
            ("```\ncurl x", "```\ncurl x"),
        ] {
            assert_eq!(without_fence(text), inside, "{text:?}");
        }
    }
}
