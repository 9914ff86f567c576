//! Any app, valid or not, is written so that the same app is read again.

use std::collections::BTreeMap;

use latchwork_model::app::{
    Action, ActionKind, App, AppConnector, AppInputType, AppVariable, ButtonControl, ButtonStyle,
    CallAction, ClearCachedAuthAction, Control, ControlEvents, ControlKind, GoToScreenAction,
    ImageControl, InputControl, JsonControl, LoadAction, MessageTone,
    NavigateToAuthenticationAction, OpenLinkAction, RecordControl, RecordField, Screen,
    SelectControl, SetValueAction, ShowMessageAction, Source, SourceRun, TableColumn, TableControl,
    TextControl, TextStyle,
};
use latchwork_model::{
    FormOption, FormOptions, Template, read_app_shape, read_connector, validate_app, write_app,
};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

/// Texts as people write them, and as nobody should.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9_]{0,8}",
        ".{0,12}",
        Just(String::new()),
        Just("{{ contacts.selected.name }}".to_owned()),
        Just("type".to_owned()),
    ]
}

fn template() -> impl Strategy<Value = Template> {
    text().prop_map(Template::from)
}

fn inputs() -> impl Strategy<Value = BTreeMap<String, Template>> {
    prop::collection::btree_map(text(), template(), 0..3)
}

fn action() -> impl Strategy<Value = Action> {
    let kind = prop_oneof![
        text().prop_map(|control| ActionKind::Load(LoadAction { control })),
        (text(), template())
            .prop_map(|(target, value)| ActionKind::SetValue(SetValueAction { target, value })),
        text().prop_map(|screen| ActionKind::GoToScreen(GoToScreenAction { screen })),
        (template(), tone())
            .prop_map(|(text, tone)| ActionKind::ShowMessage(ShowMessageAction { text, tone })),
        template().prop_map(|url| ActionKind::OpenLink(OpenLinkAction { url })),
        any::<bool>().prop_map(|reload_app| {
            ActionKind::NavigateToAuthentication(NavigateToAuthenticationAction { reload_app })
        }),
        text()
            .prop_map(|connector| ActionKind::ClearCachedAuth(ClearCachedAuthAction { connector })),
    ];
    let leaf = (kind, of(template())).prop_map(|(kind, when)| Action { kind, when });
    leaf.prop_recursive(3, 12, 3, |inner| {
        let list = || prop::collection::vec(inner.clone(), 0..3);
        (text(), text(), inputs(), list(), list(), of(template())).prop_map(
            |(connector, endpoint, inputs, then, otherwise, when)| {
                let kind = ActionKind::Call(CallAction {
                    connector,
                    endpoint,
                    inputs,
                    then,
                    otherwise,
                });
                Action { kind, when }
            },
        )
    })
}

fn tone() -> impl Strategy<Value = MessageTone> {
    select(vec![
        MessageTone::Info,
        MessageTone::Success,
        MessageTone::Warning,
        MessageTone::Danger,
    ])
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    prop::collection::vec(action(), 0..2)
}

fn options() -> impl Strategy<Value = FormOptions> {
    let option = (text(), text()).prop_map(|(value, label)| FormOption { value, label });
    prop_oneof![
        prop::collection::vec(option, 0..3).prop_map(FormOptions::List),
        template().prop_map(FormOptions::Template),
    ]
}

fn kind() -> impl Strategy<Value = ControlKind> {
    let text_style = select(vec![
        TextStyle::Title,
        TextStyle::Heading,
        TextStyle::Body,
        TextStyle::Muted,
    ]);
    let input_type = select(vec![
        AppInputType::Text,
        AppInputType::Number,
        AppInputType::Email,
        AppInputType::Multiline,
    ]);
    let button_style = select(vec![
        ButtonStyle::Primary,
        ButtonStyle::Secondary,
        ButtonStyle::Danger,
    ]);
    let column = (text(), template()).prop_map(|(label, value)| TableColumn { label, value });
    let field = (text(), template()).prop_map(|(label, value)| RecordField { label, value });
    let maybe = || of(template());
    prop_oneof![
        (template(), text_style)
            .prop_map(|(text, style)| ControlKind::Text(TextControl { text, style })),
        (input_type, maybe(), maybe(), any::<bool>()).prop_map(
            |(input_type, default, placeholder, required)| ControlKind::Input(InputControl {
                input_type,
                default,
                placeholder,
                required
            })
        ),
        (template(), button_style, maybe()).prop_map(|(text, style, disabled)| {
            ControlKind::Button(ButtonControl {
                text,
                style,
                disabled,
            })
        }),
        (maybe(), prop::collection::vec(column, 0..3), maybe()).prop_map(
            |(rows, columns, empty_text)| ControlKind::Table(TableControl {
                rows,
                columns,
                empty_text
            })
        ),
        (of(options()), maybe(), maybe(), maybe(), maybe()).prop_map(
            |(options, option_value, option_label, default, placeholder)| {
                ControlKind::Select(SelectControl {
                    options,
                    option_value,
                    option_label,
                    default,
                    placeholder,
                })
            }
        ),
        (maybe(), prop::collection::vec(field, 0..3))
            .prop_map(|(value, fields)| ControlKind::Record(RecordControl { value, fields })),
        maybe().prop_map(|value| ControlKind::Json(JsonControl { value })),
        (maybe(), maybe()).prop_map(|(value, description)| ControlKind::Image(ImageControl {
            value,
            description
        })),
    ]
}

fn source() -> impl Strategy<Value = Source> {
    let run = select(vec![SourceRun::Auto, SourceRun::Manual]);
    (text(), text(), inputs(), run, of(template())).prop_map(
        |(connector, endpoint, inputs, run, when)| Source {
            connector,
            endpoint,
            inputs,
            run,
            when,
        },
    )
}

fn control() -> impl Strategy<Value = Control> {
    let on = (actions(), actions(), actions(), actions()).prop_map(
        |(load, click, row_select, change)| ControlEvents {
            load,
            click,
            row_select,
            change,
        },
    );
    let common = (text(), of(template()), of(template()), any::<u8>());
    (common, kind(), of(source()), on).prop_map(
        |((id, label, visible, width), kind, source, on)| Control {
            id,
            kind,
            label,
            visible,
            width,
            source,
            on,
        },
    )
}

fn screen() -> impl Strategy<Value = Screen> {
    let controls = prop::collection::vec(control(), 0..3);
    (text(), text(), any::<bool>(), actions(), controls).prop_map(
        |(id, name, in_menu, on_load, controls)| Screen {
            id,
            name,
            in_menu,
            on_load,
            controls,
        },
    )
}

fn connector() -> impl Strategy<Value = AppConnector> {
    let definition = json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://api.acme.example",
        "auth": { "method": "multistep", "steps": [ { "id": "login", "type": "api_request",
            "request": { "method": "GET", "url": "/me", "body": { "type": "json", "value": { "n": u64::MAX } } } } ],
            "request_parameters": [] }
    });
    let definition = read_connector(&definition.to_string()).expect("a valid connector");
    (
        text(),
        text(),
        any::<bool>(),
        of(Just(Box::new(definition))),
    )
        .prop_map(|(id, connector, required, definition)| AppConnector {
            id,
            connector,
            required,
            definition,
        })
}

fn app() -> impl Strategy<Value = App> {
    let variable = (text(), template()).prop_map(|(name, value)| AppVariable { name, value });
    let facts = (of(any::<u128>()), text(), of(text()), any::<bool>());
    let connectors = prop::collection::vec(connector(), 0..3);
    let variables = prop::collection::vec(variable, 0..3);
    let screens = prop::collection::vec(screen(), 0..3);
    (facts, connectors, variables, screens).prop_map(|(facts, connectors, variables, screens)| {
        let (id, name, description, managed_auth_at_start) = facts;
        App {
            id: id.map(|id| {
                serde_json::from_value(json!(format!("{id:032x}"))).expect("32 digits are a UUID")
            }),
            description,
            managed_auth_at_start,
            connectors,
            variables,
            screens,
            ..App::new(&name)
        }
    })
}

proptest! {
    #[test]
    fn an_app_is_read_as_it_was_written(app in app()) {
        let written = write_app(&app);
        let read = read_app_shape(&written).expect("what was written has the shape");
        prop_assert_eq!(&read, &app);
        prop_assert_eq!(write_app(&read), written);
        // However many rules it breaks.
        prop_assert_eq!(validate_app(&read), validate_app(&app));
    }
}
