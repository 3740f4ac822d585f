import Diagnostics
import NNSpecKit

extension Command {
    static var schema: Command {
        Command(
            "schema", "print the JSON Schema of the language, for editors",
            flags: [
                Flag(name: "markdown", help: "print the language for people instead, the page docs/spec-language.md"),
                Flag(name: "words", help: "print what other tools call the settings, the page docs/other-tools.md"), .quiet,
            ]
        ) { (invocation, sink) throws(Stopped) in
            let text = invocation.has("words") ? NNSpec.wordsPage : invocation.has("markdown") ? NNSpec.languagePage : NNSpec.jsonSchema
            try StandardOutput.write(text, sink: sink)
        }
    }
}
