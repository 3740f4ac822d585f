import Diagnostics
import Testing

/// The schedule, early stopping and max_time: defaults, ends of ranges, short forms, and what they say to the other settings.
@Suite struct ScheduleSettingTests {
    @Test(arguments: [
        // Written, and what it stands for.
        ("constant", "constant"), ("cosine", "{cosine: {minimum: 0, warmup_epochs: 0}}"), ("linear", "{linear: {final: 0, warmup_epochs: 0}}"),
        ("{step: 30}", "{step: {every: 30, factor: 0.1, warmup_epochs: 0}}"),
        ("{step: {every: 1, factor: 0.5}}", "{step: {every: 1, factor: 0.5, warmup_epochs: 0}}"),
        ("{exponential: 0.95}", "{exponential: {factor: 0.95, warmup_epochs: 0}}"),
        ("{constant: {warmup_epochs: 5}}", "{constant: {warmup_epochs: 5}}"),
        ("one_cycle", "{one_cycle: {pct_start: 0.3, div_factor: 25, final_div_factor: 10000}}"),
        (
            "reduce_on_plateau",
            "{reduce_on_plateau: {factor: 0.1, patience: 10, monitor: validation.loss, threshold: 0.0001, cooldown: 0, minimum: 0, warmup_epochs: 0}}"
        ),
    ])
    func schedules(_ written: String, _ whole: String) throws {
        let (document, diagnostics) = try read(smallest, ["training.schedule=\(written)"])
        #expect(document != nil && diagnostics.isEmpty, "\(diagnostics.map(\.message))")
        let rendered = try #require(document?.rendered())
        // The rendered schedule is the whole one, and stands for itself.
        let again = try #require(try read(smallest, ["training.schedule=\(whole)"]).document?.rendered())
        #expect(rendered == again)
        #expect(document?.specText().contains("training.schedule = \(whole)") == true, "\(document?.specText() ?? "")")
    }

    @Test(arguments: [
        "schedule: {step: {factor: 0.5}}", "schedule: {step: {every: 0}}", "schedule: {step: {every: 1, factor: 0}}",
        "schedule: {step: {every: 1, factor: 1}}", "schedule: {exponential: 1}", "schedule: {cosine: {minimum: -1}}",
        "schedule: {cosine: {warmup_epochs: -1}}", "schedule: {cosine: {warmup_epochs: 1.5}}", "schedule: {one_cycle: {pct_start: 0}}",
        "schedule: {one_cycle: {pct_start: 1}}", "schedule: {one_cycle: {div_factor: 1}}", "schedule: {one_cycle: {warmup_epochs: 3}}",
        "schedule: {reduce_on_plateau: {patience: -1}}", "schedule: {reduce_on_plateau: {threshold: 1}}", "schedule: step", "schedule: {cosin: 1}",
        "schedule: {cosine: {minimum: 0}, linear: {final: 0}}", "early_stopping: {patience: -1}", "early_stopping: {patience: 2.5}",
        "early_stopping: {min_delta: -0.1}", "early_stopping: {mode: up}", "early_stopping: {paitence: 3}", "max_time: 30", "max_time: 30 s",
        "max_time: s", "max_time: -3s", "max_time: 1.5h",
    ])
    func outOfRange(_ text: String) throws {
        let (document, diagnostics) = try read(smallest, ["training={\(text)}"])
        #expect(document == nil && diagnostics.count == 1, "\(text): \(diagnostics.map(\.message))")
        #expect(
            diagnostics.allSatisfy {
                $0.range?.file.name == "--set" && ["E0201", "E0202", "E0204", "E0205", "E0209", "E0210", "E0211"].contains($0.code)
            })
    }

    @Test(arguments: [
        ("30s", 30), ("10m", 600), ("2h", 7200), ("0s", 0), ("99999999999999999999h", 3.6e23),
    ])
    func times(_ text: String, _ seconds: Double) throws {
        let document = try #require(try read(smallest, ["training.max_time=\(text)"]).document)
        #expect(document.spec.training.maxTimeSeconds == seconds)
    }

    @Test func defaults() throws {
        let training = try #require(try read(smallest).document).spec.training
        #expect(training.earlyStopping == nil && training.maxTimeSeconds == nil && training.schedule.value.warmupEpochs == 0)
        let stopping = try #require(try read(smallest, ["training.early_stopping={}"]).document?.spec.training.earlyStopping?.value)
        #expect(stopping.monitor.value == "validation.loss" && stopping.patience == 10 && stopping.minDelta == 0 && stopping.mode.value == .auto)
    }

    @Test(arguments: [
        "training: {epochs: 5, schedule: {cosine: {warmup_epochs: 5}}}\n#                                                        ^ E0363\n",
        "training: {schedule: {linear: {warmup_epochs: 100}}}\n#                                             ^^^ E0363\n",
        "training: {schedule: {cosine: {minimum: 0.01}}}\n#                                       ^^^^ E0364\n",
        "training: {schedule: {reduce_on_plateau: {minimum: 1}}}\n#                                                  ^ E0364\n",
        "training: {early_stopping: {monitor: validation.acuracy}}\n#                                    ^^^^^^^^^^^^^^^^^^ E0330\n",
        "training: {schedule: {reduce_on_plateau: {monitor: loss}}}\n#                                                  ^^^^ E0330\n",
    ])
    func againstOtherSettings(_ text: String) throws {
        try MarkedText("nnspec: 1\ndata: {path: a.csv, target: y}\nmodel: {layers: [4, 1]}\ntask: regression\n" + text).check()
    }

    @Test func aDirectionAgainstTheMetric() throws {
        let (document, diagnostics) = try read(
            smallest + "task: regression\ntraining: {early_stopping: {monitor: validation.rmse, mode: max}}\n")
        #expect(document?.spec.training.earlyStopping?.value.higherIsBetter == true)
        #expect(diagnostics.map(\.code) == ["W0303"] && diagnostics.first?.range?.text == "max", "\(diagnostics.map(\.message))")
    }

    /// Right at the edge of what was a mistake above.
    @Test(arguments: [
        "training: {epochs: 6, schedule: {cosine: {warmup_epochs: 5}}}", "training: {schedule: {cosine: {minimum: 0.001}}}",
        "training: {epochs: 0, schedule: {cosine: {warmup_epochs: 5}}}", "training: {schedule: {linear: {final: 0.01}}}",
        "training: {early_stopping: {monitor: validation.rmse, mode: min}}", "training: {early_stopping: {monitor: train.loss}}",
    ])
    func fitting(_ text: String) throws {
        let (document, diagnostics) = try read(smallest + "task: regression\n" + text + "\n")
        #expect(document != nil && diagnostics.isEmpty, "\(diagnostics.map(\.message))")
    }

    /// Without rows to measure on nobody can wait for them to get better; the training loss is always there.
    @Test func nothingToWatch() throws {
        func found(_ training: String) throws -> [Diagnostic] {
            try read("nnspec: 1\ndata: {path: a.csv, target: y, split: none}\nmodel: {layers: [4, 1]}\ntraining: {\(training)}\n").diagnostics
        }
        for text in ["early_stopping: {}", "early_stopping: {monitor: validation.loss}", "schedule: reduce_on_plateau"] {
            let diagnostics = try found(text)
            #expect(diagnostics.map(\.code) == ["E0331"], "\(text): \(diagnostics.map(\.message))")
            #expect(diagnostics.first?.range?.start.line == 4 && diagnostics.first?.fix?.contains("monitor: train.loss") == true)
        }
        for text in ["early_stopping: {monitor: train.loss}", "schedule: {reduce_on_plateau: {monitor: train.loss}}", "schedule: cosine"] {
            #expect(try found(text).isEmpty, "\(text)")
        }
    }

    /// What people call it elsewhere leads to the right name.
    @Test(arguments: [
        ("val_loss", "`validation.loss`"), ("train_loss", "`train.loss`"), ("val_rmse", "`validation.rmse`"), ("val_mape", "add `mape`"),
        ("val_mean_squared_error", "`validation.mse`"),
    ])
    func names(_ monitor: String, _ advice: String) throws {
        let (_, diagnostics) = try read(smallest + "task: regression\ntraining: {early_stopping: {monitor: \(monitor)}}\n")
        #expect(diagnostics.map(\.code) == ["E0330"] && diagnostics.first?.fix?.contains(advice) == true, "\(diagnostics)")
    }

    @Test(arguments: ["warmup", "warmup_steps", "warm_up", "burn_in"]) func theWarmUpByOtherNames(_ word: String) throws {
        let (_, diagnostics) = try read(smallest, ["training.schedule={cosine: {\(word): 5}}"])
        #expect(diagnostics.map(\.code) == ["E0201"] && diagnostics.first?.fix?.contains("`warmup_epochs`") == true, "\(diagnostics)")
    }

    @Test func aKindAloneThatNeedsAValue() throws {
        #expect(try read(smallest, ["training.schedule=step"]).diagnostics.first?.fix == "write `{step: 30}`")
    }
}
