use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, GenericParam, LitInt, Path, parse_quote};

use super::attributes::TypeOptions;
use super::members::{Described, Member};
use crate::report::Errors;

/// What `#[derive(Describe)]` on `input` becomes: an implementation, and all mistakes.
pub(crate) fn describe(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let implementation = with_errors(input, &mut errors);
    let errors = errors.into_compile_errors();
    code!(#implementation #errors)
}

/// The same with the mistakes aside.
pub(super) fn with_errors(input: TokenStream, errors: &mut Errors) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => {
            errors.add(error);
            return TokenStream::new();
        }
    };
    let options = TypeOptions::read(&input, errors);
    let Some(described) = Described::read(&input, &options, errors) else { return TokenStream::new() };
    implementation(&input, &options, &described)
}

fn implementation(input: &DeriveInput, options: &TypeOptions, described: &Described) -> TokenStream {
    let krate: Path = options.krate.clone().unwrap_or_else(|| parse_quote!(::farcall));
    let p = quote!(#krate::__private);
    let mut generics = input.generics.clone();
    for parameter in &mut generics.params {
        if let GenericParam::Type(parameter) = parameter {
            parameter.bounds.push(parse_quote!(#p::Describe));
        }
    }
    let (generics, _, bounds) = generics.split_for_impl();
    let (_, arguments, _) = input.generics.split_for_impl();
    let name = &input.ident;
    let (docs, types) = (&described.docs, &described.types);
    let members = described.members.iter().map(|member| {
        let member = one(&p, member);
        code!(.with_member(#member))
    });
    // Nothing is said of the members if nothing is said of any.
    let says = |member: &Member| member.says_something() || member.fields.iter().any(Member::says_something);
    let members = described.members.iter().any(says).then(|| code!(#(#members)*));
    let add = code!(#p::Descriptions::add::<Self>(__descriptions, || #p::Notes::new(#docs) #members));
    let body = if types.is_empty() {
        code!(#add;)
    } else {
        code!(if #add { #p::note!(__descriptions, #(#types),*); })
    };
    code! {
        #[automatically_derived]
        impl #generics #p::Describe for #name #arguments #bounds {
            fn describe(__descriptions: &mut #p::Descriptions) {
                #body
            }
        }
    }
}

fn one(p: &TokenStream, member: &Member) -> TokenStream {
    let docs = &member.docs;
    let number = member.number.as_ref().map(|number| {
        let number = LitInt::new(number.base10_digits(), number.span());
        code!(.with_number(#number))
    });
    let fields = member.fields.iter().map(|field| {
        let field = one(p, field);
        code!(.with_field(#field))
    });
    let fields = member.fields.iter().any(Member::says_something).then(|| code!(#(#fields)*));
    code!(#p::MemberNotes::new(#docs) #number #fields)
}

impl Member {
    fn says_something(&self) -> bool {
        !self.docs.is_empty() || self.number.is_some()
    }
}
