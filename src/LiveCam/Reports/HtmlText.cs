using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using LiveCam.Engine.Text;

namespace LiveCam.Reports;

/// <summary>HTML under construction. What is interpolated is escaped, numbers are written as machines read them; the text around is markup.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder text = new();

    public void Add([InterpolatedStringHandlerArgument("")] Markup markup) { }

    public override string ToString() => text.ToString();

    /// <summary>One interpolated piece of markup.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly HtmlText html;

        /// <summary>The compiler's call; both counts serve to reserve room.</summary>
        public Markup(int literals, int values, HtmlText html)
        {
            this.html = html;
            html.text.EnsureCapacity(html.text.Length + literals + 8 * values);
        }

        public void AppendLiteral(string literal) => html.text.Append(literal);

        public void AppendFormatted(string? value) => html.text.Append(WebUtility.HtmlEncode(PlainText.Of(value ?? "", keepsLines: true)));

        public void AppendFormatted(int value) => html.text.Append(CultureInfo.InvariantCulture, $"{value}");

        /// <summary>A length or place in a drawing; other numbers come as text.</summary>
        public void AppendFormatted(double value) => html.text.Append(value.ToString("0.##", CultureInfo.InvariantCulture));
    }
}
