import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Prints which rules of PDF/UA-1 and PDF/A-2a each file breaks: flavour, clause and what it wants, a line each. */
public class Check {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files)
      for (PDFAFlavour flavour : new PDFAFlavour[] {PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A})
        try (var parser = Foundries.defaultInstance().createParser(new File(file), flavour);
            var validator = Foundries.defaultInstance().createValidator(flavour, 100, false, false, false)) {
          var result = validator.validate(parser);
          if (result.getTotalAssertions() == 0) throw new IllegalStateException("nothing was checked in " + file);
          for (TestAssertion broken : result.getTestAssertions())
            System.out.println(flavour.getId() + " " + broken.getRuleId().getClause() + " " + broken.getMessage());
        }
  }
}
