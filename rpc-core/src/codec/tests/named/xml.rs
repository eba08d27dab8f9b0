//! What is XML's own: elements and their names, escapes, and what a document may not have.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::{CodecErrorKind, decode, decode_error, encode, encode_error};
use crate::codec::Codec::Xml;

fn text<T: Serialize + ?Sized>(value: &T) -> String {
    String::from_utf8(encode(Xml, value).unwrap()).unwrap()
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Order {
    id: u64,
    #[serde(with = "crate::bytes_serde")]
    data: Bytes,
    note: Option<String>,
    items: Vec<(i8, char)>,
    prices: BTreeMap<String, f32>,
    #[serde(rename = "a \"b\"\n")]
    odd: bool,
    #[serde(rename = "_")]
    blank: (),
    #[serde(rename = "xmlish")]
    reserved: String,
}

fn order() -> Order {
    Order {
        id: 7,
        data: Bytes::from_static(b"\xfb\xff"),
        note: None,
        items: vec![(-1, 'é'), (2, '<')],
        prices: [("a&b".to_owned(), 1.5)].into(),
        odd: true,
        blank: (),
        reserved: " \r\n ".to_owned(),
    }
}

#[test]
fn every_name_has_an_element() {
    let xml = "<Order><id>7</id><data>+/8=</data><note nil=\"true\"/><items><item><item>-1</item><item>é</item></item>\
               <item><item>2</item><item>&lt;</item></item></items><prices><entry><key>a&amp;b</key><value>1.5</value>\
               </entry></prices><_ name=\"a &quot;b&quot;&#10;\">true</_><_ name=\"_\"/><_ name=\"xmlish\"> &#13;\n </_>\
               </Order>";
    assert_eq!(text(&order()), xml);
    assert_eq!(decode::<Order>(Xml, xml.as_bytes()).unwrap(), order());
}

#[test]
fn others_may_write_it_in_their_way() {
    let xml = "<?xml version='1.0' encoding=\"UTF-8\"?>\n<!-- an order --><o:order xmlns:o='urn:x' at=\"1\">\r\n  \
               <id> 7\n</id> <data>\n +/8=\n</data>\n<items/><unknown a='<b'><![CDATA[<]]]></unknown><prices>\n<entry> \
               <key><![CDATA[a&]]>b</key>\n<value>+1.5e0</value></entry></prices><note nil='1'></note>\n<_ \
               name='a \"b\"&#xA;'>true</_><_ name='_'> </_><_ name='xmlish'><?pi?>&#x20;&#13;<!-- -->&#10; </_><items2/></o:order>\n";
    let mut expected = order();
    expected.items = Vec::new();
    assert_eq!(decode::<Order>(Xml, xml.replace("a='<b'", "").as_bytes()).unwrap(), expected);
}

#[test]
fn the_outermost_element_is_named_after_the_type_if_it_has_a_name() {
    #[derive(Serialize)]
    enum Shape {
        Point,
        Circle(u8),
    }
    #[derive(Serialize)]
    struct Pair(u8, u8);
    assert_eq!(text(&7), "<value>7</value>");
    assert_eq!(text(&Pair(1, 2)), "<Pair><item>1</item><item>2</item></Pair>");
    assert_eq!(text(&Shape::Circle(1)), "<Shape><Circle>1</Circle></Shape>");
    assert_eq!(text(&Shape::Point), "<value>Point</value>");
    assert_eq!(text(&None::<u8>), "<value nil=\"true\"/>");
    assert_eq!(text(&((), "", Vec::<u8>::new())), "<value><item/><item/><item/></value>");
}

#[test]
fn floats_are_as_in_xml_schema() {
    for (value, shown) in [
        (f64::NAN, "NaN"),
        (f64::INFINITY, "INF"),
        (f64::NEG_INFINITY, "-INF"),
        (-0.0, "-0.0"),
        (1e300, "1e300"),
        (0.1, "0.1"),
    ] {
        assert_eq!(text(&value), format!("<value>{shown}</value>"));
    }
    assert_eq!(decode::<f64>(Xml, b"<v>3</v>").unwrap(), 3.0);
    for wrong in ["inf", "nan", "infinity", "1e999", "", "1,5", "e", "0x1"] {
        let (kind, text) = decode_error::<f64>(Xml, format!("<v>{wrong}</v>").as_bytes());
        assert_eq!(kind, CodecErrorKind::Invalid, "{wrong}: {text}");
    }
    decode_error::<f32>(Xml, b"<v>1e39</v>");
    for wrong in ["+7", "07", "7.0", "", "0x7", "256"] {
        decode_error::<u8>(Xml, format!("<v>{wrong}</v>").as_bytes());
    }
}

#[test]
fn characters_that_xml_does_not_have_are_refused_by_field() {
    #[derive(Serialize)]
    struct Note {
        text: &'static str,
    }
    for (note, shown) in [("a\0", "U+0000"), ("\u{1b}[0m", "U+001B"), ("\u{fffe}", "U+FFFE")] {
        assert_eq!(
            encode_error(Xml, &Note { text: note }),
            (
                CodecErrorKind::Unsupported,
                format!(
                    "xml has no form for the character {shown}: send the text as bytes, or use another codec, in field \
                     `text` of `Note`"
                )
            )
        );
    }
}

#[test]
fn entities_do_not_grow() {
    let bomb = "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>";
    let (kind, text) = decode_error::<String>(Xml, bomb.as_bytes());
    assert_eq!(kind, CodecErrorKind::Malformed);
    assert!(text.contains("a document type (`<!DOCTYPE`) is not accepted"), "{text}");
    for wrong in ["&a;", "&nbsp;", "&#0;", "&#xD800;", "&#x110000;", "&#1;", "&", "&amp"] {
        let (kind, _) = decode_error::<String>(Xml, format!("<l>{wrong}</l>").as_bytes());
        assert!(matches!(kind, CodecErrorKind::Malformed | CodecErrorKind::UnexpectedEnd), "{wrong}");
    }
}

#[test]
fn what_is_no_document_of_this_form_is_malformed() {
    type Lists = Vec<BTreeMap<String, u8>>;
    for wrong in [
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>text",
        "</a>",
        "<a",
        "<a><item>",
        "<a b></a>text",
        "<a><x/></a>",
        "<a>text<item/></a>",
        "<a><item/>text</a>",
        "<a><item><entry/></item></a>",
        "<a><item><entry><value>1</value><key>a</key></entry></item></a>",
        "<a><item><entry><key>a</key><value>1</value><value>2</value></entry></item></a>",
        "<a><item><entry><key>a</key></entry></item></a>",
        "<a><item><other><key>a</key><value>1</value></other></item></a>",
        "<?xml version='1.0' encoding='latin1'?><a/>",
    ] {
        let (kind, text) = decode_error::<Lists>(Xml, wrong.as_bytes());
        let expected = matches!(
            kind,
            CodecErrorKind::Malformed | CodecErrorKind::UnexpectedEnd | CodecErrorKind::LeftOver
        );
        assert!(expected, "{wrong}: {kind:?} {text}");
    }
    assert_eq!(decode_error::<String>(Xml, b"<a>\xff</a>").0, CodecErrorKind::Malformed);
}

#[test]
fn only_what_is_not_closed_is_told_as_cut() {
    for cut in ["<v>1", "<v>1</v", "<v a='", "<v><!-- 1", "<v><![CDATA[1", "<v><?pi"] {
        assert_eq!(decode_error::<u8>(Xml, cut.as_bytes()).0, CodecErrorKind::UnexpectedEnd, "{cut}");
    }
    let (kind, text) = decode_error::<u8>(Xml, b"<v><!x>1</v>");
    assert_eq!(kind, CodecErrorKind::Malformed);
    assert!(text.contains("a `<!` begins neither a comment nor a CDATA section"), "{text}");
}
