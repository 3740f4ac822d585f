import Diagnostics
import NNSpecKit

extension Command {
    static var evaluate: Command {
        Command(
            "evaluate", "measure a trained model", arguments: [.run],
            flags: [
                Flag(name: "data", placeholder: "FILE", help: "measure on this file, which holds the target, instead of the run's own data"), .json,
                .quiet,
            ]
        ) { (invocation, sink) throws(Stopped) in
            let parts = try Evaluation.run(invocation.arguments[0], data: invocation.value("data"), sink: sink)
            let text = invocation.has("json") ? JSONDocument.evaluations(parts) : EvaluationTable.text(parts) + ConfusionTable.text(parts)
            try StandardOutput.write(text, sink: sink)
        }
    }
}
