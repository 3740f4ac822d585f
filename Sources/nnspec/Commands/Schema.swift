import Diagnostics
import NNSpecKit

extension Command {
    static var schema: Command {
        Command(
            "schema", "print the JSON Schema of the language, for editors",
            flags: [Flag(name: "markdown", help: "print the language for people instead, the page docs/spec-language.md"), .quiet]
        ) { (invocation, sink) throws(Stopped) in
            try StandardOutput.write(invocation.has("markdown") ? NNSpec.languagePage : NNSpec.jsonSchema, sink: sink)
        }
    }
}
