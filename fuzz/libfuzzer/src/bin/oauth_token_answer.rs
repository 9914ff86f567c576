#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| latchwork_fuzz::oauth_token_answer::run(data));
