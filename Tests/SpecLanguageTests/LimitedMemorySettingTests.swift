import Diagnostics
import SpecLanguage
import Testing

/// What `type: lbfgs` brings with it, and what it does not bear.
@Suite struct LimitedMemorySettingTests {
    @Test func allRowsInOneOrder() throws {
        let (document, diagnostics) = try read(smallest, ["optimizer=lbfgs"])
        #expect(diagnostics.isEmpty)
        let spec = try #require(document?.spec)
        #expect(spec.optimizer.type.value == .lbfgs && spec.training.batchSize.value == .full && !spec.training.shuffle)
        let memory = spec.optimizer.limitedMemory
        #expect(memory.historySize == 10 && memory.toleranceGrad == 1e-7 && memory.toleranceChange == 1e-9 && memory.evaluationLimit == 25)
        #expect(memory.c1 == 1e-4 && memory.c2 == 0.9)
        let rendered = try #require(document?.rendered())
        #expect(rendered.contains("batch_size: full") && rendered.contains("shuffle: false"))
        let (other, again) = try read(smallest, ["optimizer={type: lbfgs, history_size: 3, c2: 0.1}", "training={batch_size: full, shuffle: false}"])
        #expect(again.isEmpty && other?.spec.optimizer.limitedMemory.historySize == 3 && other?.spec.optimizer.limitedMemory.c2 == 0.1)
    }

    @Test(arguments: [
        ("training.batch_size=8", "E0382"), ("training.batch_size=32", "E0382"), ("model.layers=[4, {dropout: 0.5}, 1]", "E0383"),
        ("training.shuffle=true", "E0384"), ("training.last_batch=drop", "E0384"), ("training.schedule=cosine", "E0384"),
        ("training.schedule={constant: {warmup_epochs: 2}}", "E0384"), ("training.gradient_clip={value: 1}", "E0384"),
        ("training.on_nonfinite=halve_learning_rate", "E0384"), ("model.layers=[{dense: {units: 4, l1: 0.1}}, 1]", "E0385"),
        ("optimizer.c1=0.95", "E0386"), ("optimizer.c2=0.00001", "E0386"), ("optimizer.learning_rate=0.5", "E0311"),
        ("optimizer.momentum=0.9", "E0311"), ("optimizer.c2=1", "E0205"), ("optimizer.history_size=0", "E0205"),
        ("optimizer.tolerance_grad=-1", "E0205"),
    ])
    func refused(_ setting: String, _ code: String) throws {
        let (document, diagnostics) = try read(smallest, ["optimizer.type=lbfgs", setting])
        #expect(document == nil && diagnostics.map(\.code) == [code], "\(diagnostics.map(\.message))")
        #expect(diagnostics.first?.fix != nil || code == "E0205")
        #expect(diagnostics.first?.range?.file.name == "--set" && ExitStatus.of(diagnostics) == 3)
    }

    /// A key that another tool calls so, or that is misspelled, is not renamed to one that does nothing here.
    @Test(arguments: ["lr", "initial_learning_rate", "learning_rat", "betas1", "momentun"]) func whatDoesNothingIsNotSuggested(_ key: String) throws {
        let (_, diagnostics) = try read(smallest, ["optimizer={type: lbfgs, \(key): 0.5}"])
        #expect(diagnostics.map(\.code) == ["E0201"], "\(diagnostics.map(\.message))")
        let fix = try #require(diagnostics.first?.fix)
        #expect(fix.contains("remove it") && fix.contains("does nothing with `type: lbfgs`"), "\(fix)")
        let (_, others) = try read(smallest, ["optimizer={type: sgd, lr: 0.5}"])
        #expect(others.first?.fix?.contains("learning_rate`") == true)
    }

    /// A dropout of 0 and defaults that are written out change nothing.
    @Test(arguments: ["model.layers=[4, {dropout: 0}, 1]", "training.schedule=constant", "training.last_batch=keep", "optimizer.learning_rate=0.001"])
    func borne(_ setting: String) throws {
        let (document, diagnostics) = try read(smallest, ["optimizer.type=lbfgs", setting])
        #expect(document != nil && diagnostics.isEmpty, "\(diagnostics.map(\.message))")
    }

    @Test(arguments: ["history_size=5", "tolerance_grad=1e-5", "tolerance_change=1e-5", "c1=0.001", "c2=0.5", "max_ls=10"])
    func settingsOfItsOwn(_ setting: String) throws {
        let (_, diagnostics) = try read(smallest, ["optimizer.\(setting)"])
        #expect(diagnostics.map(\.code) == ["E0311"])
    }
}
