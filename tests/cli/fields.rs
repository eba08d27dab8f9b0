//! Values whose fields are wrong, missing or too many, in both codecs.

use super::{Ended, fails, farcall, server};

const PARCEL: &str = r#"{"name":"a","weight":1.5,"content":"AAH/","route":[[1,-2]],"marks":{"1":"Fragile","2":{"Size":[1,2]},"3":{"Sender":{"city":"Rome"}}},"serial":7,"note":"x"}"#;

fn send(url: &str, (right, wrong): (&str, &str), codec: &str) -> Ended {
    let parcel = PARCEL.replacen(right, wrong, 1);
    farcall(&["call", url, "test.Sums.send", &format!("{{\"parcel\": {parcel}}}"), "--codec", codec])
}

/// What the server says of them in JSON; what the command line says in compact is in `values`.
#[tokio::test(flavor = "multi_thread")]
async fn the_server_tells_the_field_what_was_found_and_what_was_expected() {
    let (_server, url) = server().await;
    let marks = "entry 0 of `BTreeMap<u16, Mark>`, in field `marks` of `Parcel`";
    let route = "element 0 of `Vec<(u8, i16)>`, in field `route` of `Parcel`";
    for (change, said) in [
        (("1.5", "\"heavy\""), "found the string \"heavy\", expected f32, in field `weight` of `Parcel`"),
        (("1.5", "null"), "found null, expected f32, in field `weight` of `Parcel`"),
        (
            ("\"name\":\"a\"", "\"name\":7"),
            "found the number 7, expected a string, in field `name` of `Parcel`",
        ),
        (
            ("\"serial\":7", "\"serial\":-7"),
            "found the number -7, expected u128, in field `serial` of `Parcel`",
        ),
        (
            ("\"note\":\"x\"", "\"note\":\"xy\""),
            "found the string \"xy\", expected a character, in field `note` of",
        ),
        (("\"name\":\"a\",", ""), "missing field `name`, in `Parcel`, in field `parcel` of `send`"),
        (("\"city\":\"Rome\"", ""), "missing field `city`, in `Mark::Sender`, in entry 2 of "),
        (("\"Rome\"", "7"), "found the number 7, expected a string, in field `city` of `Mark::Sender`"),
        (("\"name\":\"a\"", "\"name\":\"a\",\"name\":\"b\""), "duplicate field `name`, in `Parcel`"),
        (
            ("[1,-2]", "[1,40000]"),
            &format!("found the number 40000, expected i16, in element 1 of `(u8, i16)`, in {route}"),
        ),
        (
            ("[1,-2]", "[1]"),
            &format!("invalid length 1, expected a tuple of size 2, in `(u8, i16)`, in {route}"),
        ),
        (
            ("[1,-2]", "[1,2,3]"),
            &format!("there are more elements than the 2 that are read, in `(u8, i16)`, in {route}"),
        ),
        (
            ("\"Fragile\"", "\"Broken\""),
            &format!(
                "unknown variant `Broken`, expected one of `Fragile`, `Weight`, `Size`, `Sender`, in `Mark`, in {marks}"
            ),
        ),
        (
            ("\"Fragile\"", "{\"Fragile\":1}"),
            &format!("found content, expected a variant without content, in `Mark::Fragile`, in {marks}"),
        ),
        (("\"1\":", "\"65536\":"), &format!("found the number 65536, expected u16, in {marks}")),
        (("\"1\":", "\"x\":"), &format!("found the string \"x\", expected u16, in {marks}")),
    ] {
        let said = format!(
            "invalid argument: the server did not understand the arguments of `test.Sums.send`: the arguments cannot be \
             decoded: {said}"
        );
        fails(&send(&url, change, "json"), 2, &said);
        // The command line finds it, too.
        fails(&send(&url, change, "compact"), 2, "the arguments are wrong: argument `parcel`: ");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_too_many_is_a_mistake_where_the_types_are_known() {
    let (_server, url) = server().await;
    for (change, said) in [
        (
            ("\"name\":\"a\"", "\"name\":\"a\",\"colour\":1"),
            "`Parcel` has no field `colour`: it has `name`, ",
        ),
        (
            ("\"city\":\"Rome\"", "\"city\":\"Rome\",\"street\":1"),
            "field `marks`: `3`: variant `Sender`: `Sender` has no field `street`: it has `city`",
        ),
    ] {
        fails(
            &send(&url, change, "compact"),
            2,
            &format!("the arguments are wrong: argument `parcel`: {said}"),
        );
        // Here it is up to the type, and serde's own rule is to skip it.
        assert_eq!(send(&url, change, "json").code, Some(0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_are_checked_in_both() {
    let (_server, url) = server().await;
    let by_the_server = "invalid argument: the server did not understand the arguments of `test.Sums.add`: the arguments \
                         cannot be decoded: ";
    let here = "the arguments are wrong: ";
    let integer = "expected an integer from -9223372036854775808 to 9223372036854775807";
    for (arguments, compact, json) in [
        ("{}", format!("{here}the arguments `a`, `b` of `test.Sums.add` are missing"), None),
        ("{\"a\": 1}", format!("{here}the argument `b` of `test.Sums.add` is missing: "), None),
        (
            "{\"a\": 1, \"b\": 2, \"c\": 3}",
            format!("{here}`test.Sums.add` has no argument `c`: it has `a`, `b`"),
            None,
        ),
        (
            "{\"a\": \"x\", \"b\": 2}",
            format!("{here}argument `a`: invalid type: string \"x\", {integer}"),
            Some("found the string \"x\", expected i64, in field `a` of `add`"),
        ),
        (
            "{\"a\": 1, \"b\": null}",
            format!("{here}argument `b`: invalid type: null, {integer}"),
            Some("found null, expected i64, in field `b` of `add`"),
        ),
        (
            "{\"a\": 1, \"b\": 2.5}",
            format!("{here}argument `b`: invalid type: floating point `2.5`, {integer}"),
            Some("found the number 2.5, expected i64, in field `b` of `add`"),
        ),
    ] {
        let json = json.map_or_else(|| compact.clone(), |said| format!("{by_the_server}{said}"));
        for (codec, said) in [("compact", &compact), ("json", &json)] {
            fails(&farcall(&["call", &url, "test.Sums.add", arguments, "--codec", codec]), 2, said);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_json_itself_says_is_completed() {
    let (_server, url) = server().await;
    for (change, said) in [
        (
            ("\"serial\":7", "\"serial\":-7"),
            "field `serial`: found a number out of range, expected an integer from 0 to 3402823669209384634",
        ),
        (("\"1\":", "\"x\":"), "field `marks`: the key `x`: found the text \"x\", expected the JSON of u16"),
    ] {
        fails(
            &send(&url, change, "compact"),
            2,
            &format!("the arguments are wrong: argument `parcel`: {said}"),
        );
    }
}
