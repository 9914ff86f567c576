//! The list of targets: what the tests replay.

/// One target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name: of its file, of its corpus in `fuzz/corpus`, of its program in `fuzz/libfuzzer`.
    pub name: &'static str,
    /// Takes any bytes, and panics where a property is broken.
    pub run: fn(&[u8]),
}

macro_rules! targets {
    ($($name:ident),+ $(,)?) => {
        &[$(Target { name: stringify!($name), run: crate::$name::run }),+]
    };
}

/// All of them, by name.
pub const TARGETS: &[Target] = targets![
    allowed_origin,
    answer_body,
    answer_cookies,
    answer_redirect,
    app_file,
    browser_address,
    call_request,
    clipboard,
    connector_file,
    curl_command,
    editor,
    filter_encoding,
    filter_html,
    filter_jsonpath,
    filter_jwt,
    filter_key,
    filter_regex,
    filter_time,
    filter_xpath,
    form_answers,
    graphql_document,
    graphql_schema,
    import_text,
    oauth_callback,
    oauth_discovery,
    oauth_token_answer,
    openapi_document,
    postman_collection,
    sealed_value,
    template,
    template_address,
    template_rename,
    vault_records,
];
