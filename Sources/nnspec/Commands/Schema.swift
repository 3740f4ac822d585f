import Diagnostics
import NNSpecKit

extension Command {
    static var schema: Command {
        Command("schema", "print the JSON Schema of the language, for editors", flags: [.quiet]) { (_, sink) throws(Stopped) in
            try StandardOutput.write(NNSpec.jsonSchema, sink: sink)
        }
    }
}
