import { NotFound } from "@/components/layout/not-found";

export default function NotFoundPage() {
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-page px-4 py-8">
      <NotFound />
    </main>
  );
}
