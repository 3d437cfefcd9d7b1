// Package otlpjsonfilereceiver reads spans from files in the OTLP JSON format.
//
// It stands in for the receiver of the same type in the Collector's contrib repository, for builds that cannot get that
// module. Files are found, told apart, followed and cut into lines by the same library (pkg/stanza/fileconsumer), and lines
// are decoded by the same decoder (pdata); configuration keys and defaults are those of the library. It has no checkpoint
// storage and no metrics or logs.
package otlpjsonfilereceiver

import (
	"context"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/stanza/fileconsumer"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/receiverhelper"
	"go.uber.org/zap"
)

const format = "otlp_json"

type config struct {
	fileconsumer.Config `mapstructure:",squash"`
}

// NewFactory is what the Collector Builder looks for.
func NewFactory() receiver.Factory {
	return receiver.NewFactory(
		component.MustNewType("otlp_json_file"),
		func() component.Config { return &config{Config: *fileconsumer.NewConfig()} },
		receiver.WithTraces(newTraces, component.StabilityLevelDevelopment),
	)
}

// files makes the library's file manager a component. Without a persister it remembers offsets in memory.
type files struct{ *fileconsumer.Manager }

func (f files) Start(context.Context, component.Host) error { return f.Manager.Start(nil) }
func (f files) Shutdown(context.Context) error              { return f.Manager.Stop() }

// lineReader passes on the spans of each line and counts both outcomes in the Collector's own metrics.
type lineReader struct {
	next    consumer.Traces
	report  *receiverhelper.ObsReport
	logger  *zap.Logger
	decoder ptrace.JSONUnmarshaler
}

func newTraces(_ context.Context, set receiver.Settings, cfg component.Config, next consumer.Traces) (receiver.Traces, error) {
	report, err := receiverhelper.NewObsReport(receiverhelper.ObsReportSettings{
		ReceiverID: set.ID, Transport: "file", ReceiverCreateSettings: set,
	})
	if err != nil {
		return nil, err
	}
	lines := &lineReader{next: next, report: report, logger: set.Logger}
	manager, err := cfg.(*config).Build(set.TelemetrySettings, lines.read)
	if err != nil {
		return nil, err
	}
	return files{manager}, nil
}

// read matches the library's callback. An error is reported here and not returned: the file goes on at the next line.
func (l *lineReader) read(ctx context.Context, lines [][]byte, _ map[string]any, _ int64, _ []int64) error {
	for _, line := range lines {
		ctx := l.report.StartTracesOp(ctx)
		spans, err := l.decoder.UnmarshalTraces(line)
		count := 0
		if err == nil {
			count = spans.SpanCount()
			err = l.next.ConsumeTraces(ctx, spans)
		}
		if err != nil {
			l.logger.Error("A line was refused", zap.Int("bytes", len(line)), zap.Error(err))
		}
		l.report.EndTracesOp(ctx, format, count, err)
	}
	return nil
}
