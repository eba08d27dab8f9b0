use super::{fails, farcall, server, succeeds};

const PARCEL: &str = r#"{"name":"é\n","weight":0.1,"content":"AAH/","route":[[1,-2],[3,4]],"marks":{"1":"Fragile","65535":{"Size":[1,2]},"7":{"Weight":9},"8":{"Sender":{"city":"Rome"}}},"serial":340282366920938463463374607431768211455,"note":"x"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn every_shape_goes_there_and_comes_back() {
    let (_server, url) = server().await;
    let ended = farcall(&["call", &url, "test.Sums.send", &format!(r#"{{"parcel": {PARCEL}}}"#)]);
    // The server sorts the marks.
    let sorted = PARCEL.replace(
        r#""65535":{"Size":[1,2]},"7":{"Weight":9},"8":{"Sender":{"city":"Rome"}}"#,
        r#""7":{"Weight":9},"8":{"Sender":{"city":"Rome"}},"65535":{"Size":[1,2]}"#,
    );
    succeeds(&ended, &format!("{sorted}\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_value_is_told_with_where_it_is() {
    let (_server, url) = server().await;
    for (right, wrong, said) in [
        ("0.1", "1e39", "field `weight`: invalid value: floating point `1e+39`, expected a number"),
        ("0.1", "null", "field `weight`: invalid type: null, expected a number"),
        (
            "\"AAH/\"",
            "\"?\"",
            "field `content`: invalid value: string \"?\", expected bytes, as a text in base64",
        ),
        ("[3,4]", "[3,40000]", "field `route`: element 1: element 1: invalid value: integer `40000`"),
        ("[3,4]", "[3]", "field `route`: element 1: invalid length 1, expected a list of 2: (u8, i16)"),
        ("[3,4]", "[3,4,5]", "field `route`: element 1: there are more elements than 2"),
        ("\"7\"", "\"x\"", "field `marks`: the key `x`: "),
        ("\"7\"", "\"65536\"", "field `marks`: the key `65536`: invalid value: integer `65536`"),
        (
            "\"Fragile\"",
            "\"Broken\"",
            "field `marks`: `1`: `Mark` has no variant `Broken`: it has `Fragile`, ",
        ),
        ("\"Fragile\"", "\"Size\"", "field `marks`: `1`: the variant `Size` holds something"),
        ("\"Fragile\"", "{\"Fragile\":1}", "field `marks`: `1`: variant `Fragile`: it holds nothing"),
        (
            "{\"city\":\"Rome\"}",
            "{}",
            "field `marks`: `8`: variant `Sender`: the field `city` of `Sender` is missing",
        ),
        ("211455", "2114550", "field `serial`: "),
        ("\"x\"", "\"xy\"", "field `note`: invalid type: string \"xy\", expected a text of one character"),
        ("\"name\"", "\"nam\"", "`Parcel` has no field `nam`: it has `name`, `weight`"),
    ] {
        let parcel = PARCEL.replacen(right, wrong, 1);
        let ended = farcall(&["call", &url, "test.Sums.send", &format!("[{parcel}]")]);
        fails(&ended, 2, &format!("the arguments are wrong: argument `parcel`: {said}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_json_has_no_number_for_is_a_text() {
    let (_server, url) = server().await;
    let parcel = PARCEL.replacen("0.1", "\"-inf\"", 1);
    let ended = farcall(&["call", &url, "test.Sums.send", &format!("[{parcel}]")]);
    assert!(ended.stdout.contains(r#""weight":"-inf""#), "{ended:?}");
}
